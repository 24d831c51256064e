import type { ReactNode } from 'react'
import { type MessageKey, useT } from '../../app/language.ts'
import { Section } from '../../ui/page.tsx'

const WAYS: readonly (readonly [MessageKey, MessageKey])[] = [
  ['otherWay.multiDevice', 'otherWay.multiDeviceLead'],
  ['otherWay.dualSim', 'otherWay.dualSimLead'],
  ['otherWay.several', 'otherWay.severalLead'],
  ['otherWay.partner', 'otherWay.partnerLead'],
  ['otherWay.unofficial', 'otherWay.unofficialLead'],
]

const WAY_OFF: readonly MessageKey[] = ['wayOff.1', 'wayOff.2', 'wayOff.3', 'wayOff.4', 'wayOff.5']

/** What else people do to share a number, with what it is good for and what not; and the way off unofficial tools. */
export function OtherWays(): ReactNode {
  const t = useT()
  return (
    <Section title={t('otherWay.title')} lead={t('otherWay.lead')}>
      <dl>
        {WAYS.map(([what, lead]) => (
          <div key={what} className="border-t border-line py-2.5 first:border-t-0">
            <dt className="font-medium">{t(what)}</dt>
            <dd className="text-sm text-ink-2">{t(lead)}</dd>
          </div>
        ))}
      </dl>
      <details className="mt-1">
        <summary className="cursor-pointer py-1 text-accent">{t('wayOff.title')}</summary>
        <ol className="list-decimal ps-5 text-sm">
          {WAY_OFF.map((step) => (
            <li key={step} className="py-1">
              {t(step)}
            </li>
          ))}
        </ol>
      </details>
    </Section>
  )
}
