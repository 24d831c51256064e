import { type ReactNode, useState } from 'react'
import type { NumberId } from '../../../contract/ids.ts'
import type { Sync, SyncState } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { type Failure, post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { mayAsk } from './sync-progress.ts'

/** What of these states a person should read more about. */
const EXPLAINED: Partial<Record<SyncState, MessageKey>> = {
  silent: 'sync.silentLead',
  declined: 'sync.declinedLead',
  partial: 'sync.partialLead',
  too_late: 'sync.tooLateLead',
  used_up: 'sync.usedUpLead',
}

/** What a person may want to know or show to support about one sync: its sentence, times, and numbers at WhatsApp. */
export function SyncFacts({ numberId, sync }: { readonly numberId: NumberId; readonly sync: Sync }): ReactNode {
  const t = useT()
  const words = explanation(sync)
  return (
    <section
      className="mt-3 border-t border-line pt-3 text-sm"
      data-testid={`sync-${sync.kind}`}
      data-state={sync.state}
    >
      <h3 className="font-medium">{t(sync.kind === 'history' ? 'import.history' : 'import.contacts')}</h3>
      {words !== undefined && <p className="mt-1 max-w-prose text-ink-2">{t(words)}</p>}
      <Facts sync={sync} />
      <Ask numberId={numberId} sync={sync} />
    </section>
  )
}

function explanation(sync: Sync): MessageKey | undefined {
  if (sync.state === 'silent' && sync.kind === 'contacts') return 'sync.silentContactsLead'
  if (sync.state !== 'not_asked') return EXPLAINED[sync.state]
  return sync.alarmedAtMs === null ? 'sync.notAskedLead' : 'sync.nearLead'
}

function Facts({ sync }: { readonly sync: Sync }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const at = (ms: number) => `${formats.day(ms, nowMs)} ${formats.time(ms)}`
  const { askedAtMs, deadlineMs, firstChunkAtMs, lastChunkAtMs, requestId, error } = sync
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-0.5">
      {sync.state === 'not_asked' && deadlineMs !== null && <Fact name={t('sync.deadline')}>{at(deadlineMs)}</Fact>}
      {askedAtMs !== null && <Fact name={t('sync.askedAt')}>{at(askedAtMs)}</Fact>}
      {firstChunkAtMs !== null && (
        <Fact name={t(sync.state === 'receiving' ? 'sync.since' : 'sync.firstChunk')}>{at(firstChunkAtMs)}</Fact>
      )}
      {lastChunkAtMs !== null && <Fact name={t('sync.lastChunk')}>{at(lastChunkAtMs)}</Fact>}
      {requestId !== null && <Id name={t('sync.requestId')} id={requestId} />}
      {error !== null && (
        <Fact name={error.code === null ? t('sync.errorNone') : t('sync.errorCode', { code: error.code })}>
          <bdi dir="ltr">{error.title}</bdi>
        </Fact>
      )}
      {error?.traceId != null && <Id name={t('sync.traceId')} id={error.traceId} />}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

/** A number of WhatsApp's own, to be handed to support. */
function Id({ name, id }: { readonly name: string; readonly id: string }): ReactNode {
  const t = useT()
  return (
    <Fact name={name}>
      <span className="flex items-center gap-1">
        <bdi dir="ltr" className="num min-w-0 [overflow-wrap:anywhere]">
          {id}
        </bdi>
        <CopyButton text={id} label={t('sync.copy')} done={t('sync.copied')} />
      </span>
    </Fact>
  )
}

/** Only while Meta has surely not taken the request: a second one is refused for good. */
function Ask({ numberId, sync }: { readonly numberId: NumberId; readonly sync: Sync }): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const [asked, setAsked] = useState<'no' | 'yes' | Failure>('no')
  if (!mayAsk(sync, nowMs)) return null
  async function ask(): Promise<void> {
    const answer = await post<object>(`/numbers/${numberId}/syncs/${sync.kind}`, {})
    setAsked(answer.ok ? 'yes' : answer.failure)
  }
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3">
      <Button onClick={() => void ask()}>{t('sync.ask')}</Button>
      <p role="status" className={asked === 'yes' ? 'text-ink-2' : 'text-danger'}>
        {asked === 'no' ? '' : asked === 'yes' ? t('sync.asking') : failureWords(t, asked)}
      </p>
    </div>
  )
}
