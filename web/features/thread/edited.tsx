import type { ReactNode } from 'react'
import type { Message } from '../../../contract/message.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Card } from '../../ui/overlay.tsx'
import { messageWords } from './message-words.ts'

/** "Edited", and on pressing it every earlier wording with the time it was replaced. */
export function Edited({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const formats = useFormats()
  return (
    <Card
      label={t('message.versions')}
      trigger={
        <button type="button" className="underline decoration-dotted underline-offset-2 phone:min-h-11 phone:min-w-11">
          {t('message.edited')}
        </button>
      }
    >
      <h3 className="mb-1 font-semibold">{t('message.versions')}</h3>
      <ol className="flex flex-col gap-2">
        {message.versions.map((version) => (
          <li key={version.replacedAtMs} className="border-t border-line pt-2">
            <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              {messageWords(t, version.content)}
            </p>
            <p className="text-xs text-ink-3">
              {t('message.replacedAt', { time: formats.moment(version.replacedAtMs) })}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
