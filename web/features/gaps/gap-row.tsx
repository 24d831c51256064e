import type { ReactNode } from 'react'
import type { CaptureGap } from '../../../contract/api/gaps.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { partName, viewOf, wordsOfGap } from './gap-words.ts'

const UNITS = {
  messages: 'gaps.messages',
  files: 'gaps.files',
  reports: 'gaps.reports',
  events: 'gaps.events',
} as const satisfies Record<string, MessageKey>

/** One gap: what, since when, how many, why, and what to do. */
export function GapRow({ gap }: { readonly gap: CaptureGap }): ReactNode {
  const t = useT()
  const { what, why, page, section } = wordsOfGap(gap)
  return (
    <li className="border-t border-line py-3 first:border-t-0" data-testid="gap" data-kind={gap.kind}>
      <h3 className="font-medium">{t(what)}</h3>
      <p className="text-sm text-ink-3">
        <Facts gap={gap} />
      </p>
      <p className="my-1 max-w-prose text-sm text-ink-2">{t(why)}</p>
      <Parts gap={gap} />
      <PlaybookLink page={page} section={section} />
    </li>
  )
}

/** Times and count; what is so by nature has neither a beginning that matters nor an end. */
function Facts({ gap }: { readonly gap: CaptureGap }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const at = (ms: number) => `${formats.day(ms, nowMs)} ${formats.time(ms)}`
  const { sinceMs, untilMs, count, evidence } = gap
  const facts: string[] = []
  if (viewOf(gap) !== 'standing') {
    facts.push(
      untilMs === null
        ? t('gaps.since', { time: at(sinceMs) })
        : t('gaps.fromUntil', { from: at(sinceMs), until: at(untilMs) }),
    )
  }
  if (count !== null) facts.push(t(UNITS[wordsOfGap(gap).unit], { count }))
  else if (viewOf(gap) !== 'standing') facts.push(t('gaps.unknownCount'))
  if (gap.kind.startsWith('history_') && evidence.fromMs !== undefined && evidence.toMs !== undefined) {
    facts.push(
      t('gaps.missing', { from: formats.day(evidence.fromMs, nowMs), until: formats.day(evidence.toMs, nowMs) }),
    )
  }
  return facts.join(' · ')
}

function Parts({ gap }: { readonly gap: CaptureGap }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const parts = Object.entries(gap.evidence.parts ?? {})
  if (parts.length === 0) return null
  return (
    <dl className="mb-1 flex flex-wrap gap-x-4 text-sm text-ink-2">
      {parts.map(([name, count]) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-ink-3">
            <bdi>{partName(t, name)}</bdi>
          </dt>
          <dd className="num">{formats.number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
