import type { ReactNode } from 'react'
import type { MailAnswer, MailState } from '../../../contract/api/mail.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'

export const MAIL_STATE_WORDS: Record<MailState, MessageKey> = {
  waiting: 'mail.waiting',
  sent: 'mail.sent',
  failed: 'mail.failed',
}

/** The last mails and what became of them. */
export function RecentMails({ mails }: { readonly mails: MailAnswer['mails'] }): ReactNode {
  const t = useT()
  const formats = useFormats()
  if (mails.length === 0) return null
  return (
    <div className="mt-4 border-t border-line pt-3 text-sm">
      <h3 className="font-medium">{t('mail.recent')}</h3>
      <ul>
        {mails.map((mail) => (
          <li key={mail.id} className="border-t border-line py-1.5 first:border-t-0">
            <p className="flex flex-wrap gap-x-3">
              <bdi>{mail.subject}</bdi>
              <span className={mail.state === 'failed' ? 'text-danger' : 'text-ink-3'}>
                {t(MAIL_STATE_WORDS[mail.state])}
              </span>
              <time className="ms-auto text-ink-3">{formats.moment(mail.writtenAtMs)}</time>
            </p>
            {mail.failure !== null && (
              <p dir="ltr" className="text-ink-3 [overflow-wrap:anywhere]">
                {mail.failure}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
