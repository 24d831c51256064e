import type { ReactNode } from 'react'
import type { DevicesAnswer } from '../../../contract/api/devices.ts'
import { isolatedNumber, type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { RelinkButton } from './device-row.tsx'
import { KIND_WORDS } from './device-words.ts'
import type { Devices } from './use-devices.ts'

const STEPS: readonly MessageKey[] = ['devices.step1', 'devices.step2', 'devices.step3']

/** After an onboarding: what has to be linked again, how, and ticking it off. */
export function RelinkChecklist({
  answer,
  devices,
}: {
  readonly answer: DevicesAnswer
  readonly devices: Devices
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const waiting = answer.devices.filter((device) => device.state === 'to_relink')
  const { allUnlinkedAtMs } = answer
  if (waiting.length === 0 || allUnlinkedAtMs === null) return null
  const date = isolatedNumber(formats.day(allUnlinkedAtMs, nowMs))
  return (
    <Section title={t('devices.relinkTitle')} lead={t('devices.relinkLead', { date })}>
      <ol className="list-decimal ps-5 text-sm">
        {STEPS.map((step) => (
          <li key={step} className="py-0.5">
            {t(step)}
          </li>
        ))}
      </ol>
      <ul className="mt-3 text-sm" data-testid="relink">
        {waiting.map((device) => (
          <li key={device.id} className="flex flex-wrap items-center gap-3 border-t border-line py-2">
            <span className="min-w-40 flex-1">
              <bdi className="font-medium">{device.name}</bdi>
              <span className="text-ink-3"> · {t(KIND_WORDS[device.kind])}</span>
            </span>
            <RelinkButton device={device} devices={devices} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
