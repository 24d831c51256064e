import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AccountAnswer } from '../../../contract/api/care.ts'
import { usernameFault } from '../../../contract/business-username.ts'
import type { MetaAnswer, UsernameFacts } from '../../../contract/meta-answer.ts'
import { isolated, type MessageKey, type Translate, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { AnswerAge } from './facts.tsx'
import { GiveUpUsername } from './give-up-username.tsx'
import { useIsOwner } from './use-is-owner.ts'
import { ELSEWHERE_CODE, FAULTS, refusedCode, usernameFailure } from './username-words.ts'

/** The business username: what it is, reserving and changing it, giving it up, and what Meta told of it. */
export function UsernameSection({
  numberId,
  username,
  news,
}: {
  readonly numberId: string
  readonly username: MetaAnswer<UsernameFacts>
  readonly news: AccountAnswer['usernameNews']
}): ReactNode {
  const t = useT()
  const isOwner = useIsOwner()
  const facts = username.value
  return (
    <Section title={t('username.title')} lead={t('username.lead')}>
      <AnswerAge answer={username} />
      {facts !== null && (
        <p className="text-sm" data-testid="username">
          {facts.username === null ? (
            t('username.none')
          ) : (
            <>
              <bdi dir="ltr" className="num me-2 font-semibold">
                {`@${facts.username}`}
              </bdi>
              <span className="text-ink-2">{statusWords(t, facts.status)}</span>
            </>
          )}
        </p>
      )}
      {isOwner ? (
        <>
          <WishForm numberId={numberId} facts={facts} />
          {facts?.username != null && <GiveUpUsername numberId={numberId} username={facts.username} />}
        </>
      ) : (
        <p className="mt-2 text-sm text-ink-3">{t('profile.ownerOnly')}</p>
      )}
      <News news={news} />
    </Section>
  )
}

function WishForm({ numberId, facts }: { readonly numberId: string; readonly facts: UsernameFacts | null }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [wish, setWish] = useState('')
  const name = wish.trim().replace(/^@/, '')
  const fault = name === '' ? null : usernameFault(name)
  const asking = useMutation({
    mutationFn: (move: boolean) => post<undefined>(`/numbers/${numberId}/username`, { username: name, move }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['account', numberId] }),
  })
  const failure = asking.data?.ok === false ? asking.data.failure : null
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && fault === null) asking.mutate(false)
      }}
    >
      <TextField
        label={t('username.wish')}
        className="max-w-sm"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        value={wish}
        fault={fault === null ? null : t(FAULTS[fault])}
        onChange={(value) => {
          setWish(value)
          asking.reset()
        }}
      />
      {(facts?.suggestions.length ?? 0) > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-3">
          {t('username.suggestions')}
          {facts?.suggestions.map((one) => (
            <Button key={one} onClick={() => setWish(one)}>
              <bdi dir="ltr">{one}</bdi>
            </Button>
          ))}
        </p>
      )}
      <p className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={asking.isPending || name === '' || fault !== null}>
          {t(facts?.username == null ? 'username.reserve' : 'username.change')}
        </Button>
        <span role="status" className="text-sm text-agent">
          {asking.data?.ok === true ? t('username.done') : ''}
        </span>
      </p>
      {failure !== null && (
        <p role="alert" className="flex flex-wrap items-center gap-3 text-sm text-danger">
          {usernameFailure(t, failure)}
          {refusedCode(failure) === ELSEWHERE_CODE && (
            <Button onClick={() => asking.mutate(true)}>{t('username.move')}</Button>
          )}
        </p>
      )}
    </form>
  )
}

function News({ news }: { readonly news: AccountAnswer['usernameNews'] }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  if (news.length === 0) return null
  return (
    <div className="mt-4 border-t border-line pt-3 text-sm">
      <h3 className="font-medium">{t('username.news')}</h3>
      <ul>
        {news.map((one) => (
          <li key={`${one.atMs} ${one.status}`} className="flex flex-wrap gap-x-3 py-1">
            {one.username !== null && <bdi dir="ltr" className="num">{`@${one.username}`}</bdi>}
            <span className="text-ink-2">{newsWords(t, one.status)}</span>
            <time className="ms-auto text-ink-3">{`${formats.day(one.atMs, nowMs)} ${formats.time(one.atMs)}`}</time>
          </li>
        ))}
      </ul>
    </div>
  )
}

const STATUS: Readonly<Record<string, MessageKey>> = {
  approved: 'username.status.approved',
  reserved: 'username.status.reserved',
}
const NEWS: Readonly<Record<string, MessageKey>> = {
  approved: 'username.newsStatus.approved',
  reserved: 'username.newsStatus.reserved',
  deleted: 'username.newsStatus.deleted',
}

function statusWords(t: Translate, status: string | null): string {
  const key = STATUS[status?.toLowerCase() ?? '']
  if (key !== undefined) return t(key)
  return status === null ? '' : t('username.status.other', { status: isolated(status) })
}

function newsWords(t: Translate, status: string | null): string {
  const key = NEWS[status?.toLowerCase() ?? '']
  return key === undefined ? t('username.newsStatus.other', { status: isolated(status ?? '') }) : t(key)
}
