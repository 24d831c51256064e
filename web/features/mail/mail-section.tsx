import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { MailAnswer, MailFailedDetails, MailFailure, SaveMailBody } from '../../../contract/api/mail.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, type Translate, useT } from '../../app/language.ts'
import { type Failure, get, post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { MailFields } from './mail-fields.tsx'
import { RecentMails } from './recent-mails.tsx'

const WHY: Record<MailFailure, MessageKey> = {
  not_reached: 'mail.notReached',
  not_secure: 'mail.notSecure',
  login_refused: 'mail.loginRefused',
  refused: 'mail.refused',
}

const NEW: SaveMailBody = {
  host: '',
  port: 587,
  security: 'starttls',
  username: null,
  from: '',
  recipients: [],
  language: 'en',
}

/** How Wasl sends mail: the firm's mail server, whom to write to, and a test. */
export function MailSection(): ReactNode {
  const t = useT()
  const answer = useQuery({ queryKey: ['mail'], queryFn: () => get<MailAnswer>('/mail') }).data
  if (answer === undefined) return null
  return (
    <Section title={t('mail.title')} lead={t('mail.lead')}>
      {answer.ok ? (
        <>
          <Form stored={answer.value} />
          <RecentMails mails={answer.value.mails} />
        </>
      ) : (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
    </Section>
  )
}

function Form({ stored }: { readonly stored: MailAnswer }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<SaveMailBody>(() => draftOf(stored))
  const refresh = () => queries.invalidateQueries({ queryKey: ['mail'] })
  const saving = useMutation({ mutationFn: () => post<undefined>('/mail', draft), onSuccess: refresh })
  const testing = useMutation({ mutationFn: () => post<undefined>('/mail/test', {}) })
  const busy = saving.isPending || testing.isPending
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        testing.reset()
        saving.mutate()
      }}
    >
      <MailFields draft={draft} hasPassword={stored.settings?.hasPassword ?? false} onChange={setDraft} />
      <p className="flex flex-wrap items-center gap-2">
        <Button look="primary" type="submit" disabled={busy}>
          {t('mail.save')}
        </Button>
        {stored.settings !== null && (
          <Button disabled={busy} onClick={() => testing.mutate()}>
            {testing.isPending ? t('mail.testing') : t('mail.test')}
          </Button>
        )}
        <span role="status" className="text-sm text-agent">
          {testing.data?.ok === true
            ? t('mail.tested')
            : saving.data?.ok === true && !testing.isPending && testing.data === undefined
              ? t('mail.saved')
              : ''}
        </span>
      </p>
      {[saving.data, testing.data].map(
        (result, index) =>
          result?.ok === false && (
            // biome-ignore lint/suspicious/noArrayIndexKey: two fixed places
            <p key={index} role="alert" className="text-sm text-danger">
              {mailFailureWords(t, result.failure)}
            </p>
          ),
      )}
    </form>
  )
}

function draftOf({ settings }: MailAnswer): SaveMailBody {
  if (settings === null) return NEW
  const { hasPassword: _, recipients, ...rest } = settings
  return { ...rest, recipients: [...recipients] }
}

function mailFailureWords(t: Translate, failure: Failure): string {
  if (failure.kind === 'refused' && failure.code === 'mail_failed') {
    const { why, answer } = failure.details as MailFailedDetails
    return t(WHY[why], { answer })
  }
  return failureWords(t, failure)
}
