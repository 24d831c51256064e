import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { BusinessNumber, Sync, SyncPhase, SyncState } from '../../../contract/number.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { ProgressBar } from '../../ui/states.tsx'
import { SyncFacts } from './sync-facts.tsx'
import { historyOf, isRunning, remainingMs, syncOf } from './sync-progress.ts'

const STATE_WORDS: Record<SyncState, MessageKey> = {
  not_asked: 'sync.not_asked',
  asked: 'sync.asked',
  silent: 'sync.silent',
  receiving: 'sync.receiving',
  declined: 'sync.declined',
  complete: 'sync.complete',
  partial: 'sync.partial',
  too_late: 'sync.too_late',
  used_up: 'sync.used_up',
}

const PHASES: readonly MessageKey[] = ['phase.0', 'phase.1', 'phase.2']

/** How the import of contacts and history goes: Meta's overall figure, an estimate, and each phase. */
export function ImportProgress({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const history = historyOf(number)
  const contacts = syncOf(number, 'contacts')
  return (
    <Section title={t('import.title')}>
      {history !== undefined && <Overall sync={history} />}
      <ul className="mt-2">
        {history !== undefined && <HistoryLines sync={history} />}
        {contacts !== undefined && (
          <Line
            name={t('import.contacts')}
            state={t(STATE_WORDS[contacts.state])}
            tone={toneOf(contacts.state)}
            count={contacts.received}
          />
        )}
      </ul>
      {[history, contacts].map(
        (sync) => sync !== undefined && <SyncFacts key={sync.kind} numberId={number.id} sync={sync} />,
      )}
    </Section>
  )
}

function Overall({ sync }: { readonly sync: Sync }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const left = remainingMs(sync)
  const running = isRunning(sync)
  const percent = sync.state === 'complete' ? 100 : sync.progressPercent
  return (
    <>
      <p className="mb-2 text-sm text-ink-2" data-testid="import-overall">
        {t('import.received', { count: sync.received, shown: formats.number(sync.received) })}
        {percent !== null && <> · {t('import.percent', { percent: formats.percent(percent) })}</>}
        {running && left !== null && (
          <> · {left < 60_000 ? t('import.soon') : t('import.left', { count: Math.round(left / 60_000) })}</>
        )}
        {running && <> · {t('import.leave')}</>}
      </p>
      {(running || sync.state === 'complete') && <ProgressBar label={t('import.title')} percent={percent} />}
    </>
  )
}

/** All three phases from the start, so that one sees what is still to come; one line when none will come. */
function HistoryLines({ sync }: { readonly sync: Sync }): ReactNode {
  const t = useT()
  if (isRunning(sync) || sync.received > 0 || sync.state === 'complete') {
    return sync.phases.map((phase) => <PhaseLine key={phase.phase} phase={phase} />)
  }
  return <Line name={t('import.history')} state={t(STATE_WORDS[sync.state])} tone={toneOf(sync.state)} count={0} />
}

function PhaseLine({ phase }: { readonly phase: SyncPhase }): ReactNode {
  const t = useT()
  const words: Record<SyncPhase['state'], MessageKey> = {
    waiting: 'phase.waiting',
    receiving: 'phase.receiving',
    complete: 'phase.complete',
    empty: 'phase.empty',
    stopped: phase.chunks > 0 ? 'phase.stopped' : 'phase.missing',
  }
  return (
    <Line
      name={t(PHASES[phase.phase] ?? 'phase.other')}
      state={t(words[phase.state])}
      tone={PHASE_TONES[phase.state]}
      count={phase.messages}
    />
  )
}

const PHASE_TONES: Record<SyncPhase['state'], Tone> = {
  waiting: 'later',
  receiving: 'now',
  complete: 'done',
  empty: 'later',
  stopped: 'bad',
}

type Tone = 'done' | 'now' | 'later' | 'bad'
const TONES: Record<Tone, string> = {
  done: 'bg-agent-soft text-agent',
  now: 'bg-phone-soft text-phone',
  later: 'bg-hover text-ink-2',
  bad: 'bg-danger-soft text-danger',
}

function Line({
  name,
  state,
  tone,
  count,
}: {
  readonly name: string
  readonly state: string
  readonly tone: Tone
  readonly count: number
}): ReactNode {
  const formats = useFormats()
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_7.5rem_4.5rem] items-center gap-3 border-t border-line py-2.5 text-sm first:border-t-0 phone:grid-cols-[minmax(0,1fr)_auto_auto]">
      <span>{name}</span>
      <span className={clsx('justify-self-start rounded-full px-2.5 text-xs leading-5', TONES[tone])}>{state}</span>
      <span className="num text-end text-ink-2">{formats.number(count)}</span>
    </li>
  )
}

function toneOf(state: SyncState): Tone {
  if (state === 'complete') return 'done'
  if (state === 'not_asked') return 'later'
  return state === 'asked' || state === 'receiving' || state === 'silent' ? 'now' : 'bad'
}
