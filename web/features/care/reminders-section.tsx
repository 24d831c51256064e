import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ReminderKind, RemindersAnswer } from '../../../contract/api/reminders.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get, post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { SaveLine } from '../../ui/save-line.tsx'
import { MAIL_STATE_WORDS } from '../mail/recent-mails.tsx'

const KINDS: Record<ReminderKind, MessageKey> = {
  open_phone: 'reminders.kind.open_phone',
  offboarded: 'reminders.kind.offboarded',
  removed: 'reminders.kind.removed',
}

/** Whether and to whom Wasl writes when a phone must be opened or a connection was lost. */
export function RemindersSection(): ReactNode {
  const t = useT()
  const answer = useQuery({ queryKey: ['mail', 'reminders'], queryFn: () => get<RemindersAnswer>('/reminders') }).data
  if (answer === undefined) return null
  return (
    <Section title={t('reminders.title')} lead={t('reminders.lead')}>
      {answer.ok ? (
        <>
          {!answer.value.hasMail && <p className="mb-3 text-sm text-phone">{t('reminders.noMail')}</p>}
          <RemindersForm stored={answer.value} />
          <Sent sent={answer.value.sent} />
        </>
      ) : (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
    </Section>
  )
}

function RemindersForm({ stored }: { readonly stored: RemindersAnswer }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [enabled, setEnabled] = useState(stored.enabled)
  const [recipients, setRecipients] = useState((stored.recipients ?? []).join(', '))
  const saving = useMutation({
    mutationFn: () => {
      const list = recipients.split(/[\s,;]+/).filter((one) => one !== '')
      return post<undefined>('/reminders', { enabled, recipients: list.length === 0 ? null : list })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mail', 'reminders'] }),
  })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <label className="flex min-h-8 items-center gap-2.5 text-sm font-medium phone:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        {t('reminders.enabled')}
      </label>
      <TextField
        label={t('reminders.recipients')}
        hint={t('reminders.recipientsHint')}
        type="email"
        multiple
        dir="ltr"
        value={recipients}
        onChange={setRecipients}
      />
      <SaveLine
        label={t('reminders.save')}
        busy={saving.isPending}
        saved={saving.data?.ok === true ? t('reminders.saved') : ''}
        failure={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
      />
    </form>
  )
}

function Sent({ sent }: { readonly sent: RemindersAnswer['sent'] }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const numbers = useSync((state) => state.inbox?.numbers)
  if (sent.length === 0) return null
  return (
    <div className="mt-4 border-t border-line pt-3 text-sm">
      <h3 className="font-medium">{t('reminders.sent')}</h3>
      <ul>
        {sent.map((one) => (
          <li
            key={`${one.numberId} ${one.kind} ${one.atMs}`}
            className="flex flex-wrap gap-x-3 border-t border-line py-1.5 first:border-t-0"
          >
            <span>{t(KINDS[one.kind])}</span>
            <bdi dir="ltr" className="num">
              {numbers?.[one.numberId]?.displayPhone}
            </bdi>
            <span className={one.state === 'failed' ? 'text-danger' : 'text-ink-3'}>
              {t(MAIL_STATE_WORDS[one.state])}
            </span>
            <time className="ms-auto text-ink-3">{formats.moment(one.atMs)}</time>
          </li>
        ))}
      </ul>
    </div>
  )
}
