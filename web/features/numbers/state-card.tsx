import clsx from 'clsx'
import type { ReactNode } from 'react'
import { type BusinessNumber, canSend } from '../../../contract/number.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { ConnectLink } from '../connecting/connect-link.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { STATE_WORDS } from './number-state.tsx'
import { needsCare, REASON_WORDS } from './state-words.ts'
import { wayBack } from './way-back.ts'

/** Of a number that somebody should look at: what happened, what to do, and what cannot come back. */
export function StateCard({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  if (!needsCare(number)) return null
  const stopped = !canSend(number.state)
  const since = `${formats.day(number.stateSinceMs, nowMs)} ${formats.time(number.stateSinceMs)}`
  return (
    <section
      data-testid="state-card"
      data-state={number.state}
      data-reason={number.stateReason}
      className={clsx(
        'rounded-md border px-5 py-4',
        stopped ? 'border-danger/40 bg-danger-soft' : 'border-phone/40 bg-phone-soft',
      )}
    >
      <h2 className={clsx('font-semibold', stopped ? 'text-danger' : 'text-phone')}>{t(STATE_WORDS[number.state])}</h2>
      {number.stateReason !== null && <p className="mt-1 max-w-prose">{t(REASON_WORDS[number.stateReason])}</p>}
      <p className="mt-1 text-sm text-ink-2">{t('wayBack.since', { time: since })}</p>
      {stopped && <p className="mt-1 text-sm text-ink-2">{t('wayBack.held')}</p>}
      <Steps number={number} />
    </section>
  )
}

function Steps({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const way = wayBack(number.stateReason)
  if (way === null) return null
  return (
    <>
      <h3 className="mt-3 font-medium">{t('wayBack.title')}</h3>
      <ol className="mt-1 list-decimal ps-5">
        {way.steps.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      {way.remains !== null && <p className="mt-2 max-w-prose text-sm text-ink-2">{t(way.remains)}</p>}
      <p className="mt-3 flex flex-wrap items-center gap-3">
        {way.connects && (
          <ConnectLink numberId={number.id} look="primary">
            {t('wayBack.connect')}
          </ConnectLink>
        )}
        <PlaybookLink page={way.page} section={way.section}>
          {t(way.page === 'keep-alive' ? 'playbook.keepAlive' : 'playbook.troubleshooting')}
        </PlaybookLink>
      </p>
    </>
  )
}
