import clsx from 'clsx'
import type { ReactNode } from 'react'
import { RichText } from '../../../ui/rich-text.tsx'

/** A few emoji alone are shown large, as on the phone. */
const FEW_EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier}|\u200d|\s){1,12}$/u

/** Text somebody wrote: in its own direction, with its own line breaks. */
export function WrittenText({ text }: { readonly text: string }): ReactNode {
  const large = text.length <= 12 && FEW_EMOJI.test(text)
  return (
    <p dir="auto" className={clsx('whitespace-pre-wrap [overflow-wrap:anywhere]', large && 'text-2xl')}>
      <RichText text={text} />
    </p>
  )
}
