import clsx from 'clsx'
import { Check, Eye, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { HealthLine, HealthStatus } from '../../../contract/api/care.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { LINE_NAMES, lineWords, placeOf } from './health-words.ts'
import { KnownAt } from './known-at.tsx'

const STATUS: Record<HealthStatus, { icon: typeof Check; look: string; words: MessageKey }> = {
  ok: { icon: Check, look: 'bg-agent-soft text-agent', words: 'health.status.ok' },
  look: { icon: Eye, look: 'bg-phone-soft text-phone', words: 'health.status.look' },
  act: { icon: TriangleAlert, look: 'bg-danger-soft text-danger', words: 'health.status.act' },
}

/** Each side with its status, a sentence, how old it is, and where it says what to do. */
export function HealthLines({ lines }: { readonly lines: readonly HealthLine[] }): ReactNode {
  return (
    <ul className="mt-3">
      {lines.map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </ul>
  )
}

function Line({ line }: { readonly line: HealthLine }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const place = placeOf(line)
  return (
    <li
      data-testid={`health-${line.key}`}
      data-status={line.status}
      className="grid grid-cols-[12rem_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-t border-line py-3 text-sm first:border-t-0 narrow:grid-cols-1"
    >
      <span className="flex items-center gap-2.5 font-medium">
        <StatusMark status={line.status} />
        {t(LINE_NAMES[line.key])}
      </span>
      <span className="text-ink-2">
        <span className="block max-w-prose [overflow-wrap:anywhere]">{lineWords(t, formats, line)}</span>
        {place !== null && <PlaybookLink page={place[0]} section={place[1]} />}
      </span>
      <KnownAt atMs={line.atMs} />
    </li>
  )
}

/** A sign whose form says the status too, for those who do not see its colour. */
export function StatusMark({ status }: { readonly status: HealthStatus }): ReactNode {
  const t = useT()
  const { icon: Icon, look, words } = STATUS[status]
  return (
    <span title={t(words)} className={clsx('grid size-6 flex-none place-items-center rounded-full', look)}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t(words)}</span>
    </span>
  )
}
