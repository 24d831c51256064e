import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ModeNotReady } from '../../../contract/api/connecting.ts'
import type { ConnectAnswer } from '../../../contract/api/workspace.ts'
import { type BusinessNumber, isAppOnly, type NumberMode } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, type Translate, useT } from '../../app/language.ts'
import { type Failure, post } from '../../sync/api.ts'
import { sync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { MODE_WORDS } from '../numbers/number-mode.ts'
import { useNumber } from '../numbers/use-number.ts'
import { ConnectLink } from './connect-link.tsx'
import { ConsentsSection } from './consents-section.tsx'

const MODES: readonly NumberMode[] = ['coexistence', 'api_only', 'app_only']

const LEAD: Record<NumberMode, MessageKey> = {
  coexistence: 'model.coexistenceLead',
  api_only: 'model.apiSignupLead',
  app_only: 'model.appOnlyLead',
}

/** What has to be done on the phone and at Meta, in order, before the number is held so. */
const STEPS: Record<NumberMode, readonly MessageKey[]> = {
  coexistence: ['moveMode.toBoth1', 'moveMode.toBoth2', 'moveMode.toBoth3'],
  api_only: ['moveMode.toApi1', 'moveMode.toApi2', 'moveMode.toApi3', 'moveMode.toApi4'],
  app_only: ['moveMode.toApp1', 'moveMode.toApp2', 'moveMode.toApp3'],
}

/** A chat that only the phone has is kept by bringing it here first. */
const FROM_PHONE_TO_API: readonly MessageKey[] = [
  'moveMode.appToApi1',
  'moveMode.toApi2',
  'moveMode.toApi3',
  'moveMode.appToApi4',
]

const NOT_READY: Record<ModeNotReady['why'], MessageKey> = {
  still_on_phone: 'moveMode.stillOnPhone',
  not_in_api: 'moveMode.notInApi',
  still_in_api: 'moveMode.stillInApi',
  messages_waiting: 'moveMode.messagesWaiting',
  unknown: 'moveMode.unknown',
}

/** How the number is held, and the guided ways to hold it otherwise; threads and waiting messages stay in each. */
export function ModeTab(): ReactNode {
  const t = useT()
  const number = useNumber()
  if (number === undefined) return null
  return (
    <div className="flex flex-col gap-4" data-testid="modes">
      <p className="max-w-prose text-ink-2">{t('moveMode.lead')}</p>
      {MODES.map((mode) =>
        mode === number.mode ? (
          <Section key={mode} title={t('moveMode.now', { mode: t(MODE_WORDS[mode]) })} lead={t(LEAD[mode])} />
        ) : (
          <Move key={mode} number={number} mode={mode} />
        ),
      )}
      {number.phoneNumberId !== null && <ConsentsSection numberId={number.id} />}
    </div>
  )
}

function Move({ number, mode }: { readonly number: BusinessNumber; readonly mode: NumberMode }): ReactNode {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('moveMode.to', { mode: t(MODE_WORDS[mode]) })} lead={t(LEAD[mode])}>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('moveMode.how')}
      </Button>
      {open && (
        <>
          <ol className="mt-3 list-decimal ps-5">
            {(isAppOnly(number) && mode === 'api_only' ? FROM_PHONE_TO_API : STEPS[mode]).map((step) => (
              <li key={step} className="py-1">
                {t(step)}
              </li>
            ))}
          </ol>
          {mode === 'coexistence' || number.phoneNumberId === null ? (
            <p className="mt-3">
              <ConnectLink numberId={number.id} look="primary">
                {t(number.phoneNumberId === null ? 'numbers.connect' : 'number.connectAgain')}
              </ConnectLink>
            </p>
          ) : (
            <CheckMove number={number} mode={mode} />
          )}
        </>
      )}
    </Section>
  )
}

function CheckMove({
  number,
  mode,
}: {
  readonly number: BusinessNumber
  readonly mode: Exclude<NumberMode, 'coexistence'>
}): ReactNode {
  const t = useT()
  const moving = useMutation({
    mutationFn: () => post<ConnectAnswer>(`/numbers/${number.id}/mode`, { mode }),
    onSuccess: (answer) => answer.ok && sync.putNumber(answer.value.number),
  })
  const failure = moving.data?.ok === false ? moving.data.failure : null
  return (
    <>
      <p className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" disabled={moving.isPending} onClick={() => moving.mutate()}>
          {t(moving.isPending ? 'tokenForm.checking' : 'moveMode.check')}
        </Button>
        {mode === 'api_only' && <ConnectLink numberId={number.id}>{t('number.connectAgain')}</ConnectLink>}
      </p>
      {failure !== null && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {notReadyWords(t, failure)}
        </p>
      )}
    </>
  )
}

function notReadyWords(t: Translate, failure: Failure): string {
  if (failure.kind !== 'refused' || failure.code !== 'mode_not_ready') return failureWords(t, failure)
  const { why, waiting } = failure.details as ModeNotReady
  return t(NOT_READY[why], { count: waiting })
}
