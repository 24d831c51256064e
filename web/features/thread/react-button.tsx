import { SmilePlus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ReactionBody } from '../../../contract/api/reactions.ts'
import type { Message } from '../../../contract/message.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { IconButton } from '../../ui/button.tsx'
import { SignMenu } from '../../ui/menu.tsx'

/** Those that WhatsApp itself offers first. */
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
const TAKE_BACK = ''

/** Reacts to a message, or takes our reaction back; it shows when WhatsApp has it. */
export function ReactButton({
  message,
  className,
}: {
  readonly message: Message
  readonly className: string
}): ReactNode {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const own = message.reactions.find(({ by }) => by === 'business')

  async function react(emoji: string | null): Promise<void> {
    setAsking(true)
    const body: ReactionBody = { emoji }
    const answer = await post<undefined>(`/messages/${message.id}/reaction`, body)
    setAsking(false)
    setFailure(answer.ok ? null : failureWords(t, answer.failure))
  }

  const back = { key: TAKE_BACK, label: t('reaction.takeBack'), sign: <X aria-hidden="true" className="size-4" /> }
  return (
    <>
      <SignMenu
        trigger={
          <IconButton label={t('reaction.add')} disabled={asking} className={className}>
            <SmilePlus aria-hidden="true" className="size-4" />
          </IconButton>
        }
        label={t('reaction.choose')}
        signs={[
          ...EMOJI.map((emoji) => ({ key: emoji, label: t('reaction.with', { emoji }), sign: emoji })),
          ...(own === undefined ? [] : [back]),
        ]}
        onChoose={(key) => void react(key === TAKE_BACK ? null : key)}
      />
      {failure !== null && (
        <span role="alert" className="max-w-52 text-sm text-danger">
          {failure}
        </span>
      )}
    </>
  )
}
