import { Fragment, type ReactNode } from 'react'
import { linkify } from './linkify.ts'

/** Text a person wrote: links can be followed, WhatsApp's *bold*, _italic_, ~struck~ and ```fixed``` are shown as such. */
export function RichText({ text }: { readonly text: string }): ReactNode {
  return linkify(text).map((part, index) =>
    part.kind === 'link' ? (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change their order
        key={index}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-read underline underline-offset-2 [overflow-wrap:anywhere] [unicode-bidi:isolate]"
      >
        {part.text}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change their order
      <Fragment key={index}>{styled(part.text)}</Fragment>
    ),
  )
}

/** Marks count only around a word's edges, on one line, as on the phone. */
const MARKS =
  /(?<![\p{L}\p{N}])(?:```([^`\n]+)```|\*([^\s*](?:[^*\n]*[^\s*])?)\*|_([^\s_](?:[^_\n]*[^\s_])?)_|~([^\s~](?:[^~\n]*[^\s~])?)~)(?![\p{L}\p{N}])/gu

function styled(text: string): ReactNode[] {
  const nodes: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(MARKS)) {
    if (match.index > end) nodes.push(text.slice(end, match.index))
    const [whole, fixed, bold, italic, struck] = match
    if (fixed !== undefined)
      nodes.push(
        <code key={match.index} className="font-mono">
          {fixed}
        </code>,
      )
    else if (bold !== undefined) nodes.push(<strong key={match.index}>{bold}</strong>)
    else if (italic !== undefined) nodes.push(<em key={match.index}>{italic}</em>)
    else nodes.push(<s key={match.index}>{struck}</s>)
    end = match.index + whole.length
  }
  if (end < text.length) nodes.push(text.slice(end))
  return nodes
}
