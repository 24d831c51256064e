import { Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CaptureGap } from '../../../contract/api/gaps.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { wordsOfGap } from './gap-words.ts'

/** A line of a thread that says what is missing there, and where it is. */
export function ThreadGapLine({ gap, nowMs }: { readonly gap: CaptureGap; readonly nowMs: number }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const at = (ms: number | null) => (ms === null ? '' : `${formats.day(ms, nowMs)} ${formats.time(ms)}`)
  const { page, section } = wordsOfGap(gap)
  return (
    <div
      role="note"
      data-testid="thread-gap"
      data-kind={gap.kind}
      className="mx-7 my-2 flex items-start gap-2.5 rounded-md border border-dashed border-line-strong px-3 py-2 text-sm text-ink-2 narrow:mx-3"
    >
      <Unplug aria-hidden="true" className="mt-0.5 size-4 flex-none text-ink-3" />
      <div>
        <p>{t(sentenceOf(gap), { from: at(gap.sinceMs), until: at(gap.untilMs) })}</p>
        <PlaybookLink page={page} section={section} />
      </div>
    </div>
  )
}

function sentenceOf({ kind, untilMs }: CaptureGap): MessageKey {
  switch (kind) {
    case 'disconnected':
      return untilMs === null ? 'threadGap.disconnectedNow' : 'threadGap.disconnected'
    case 'outage':
      return 'threadGap.outage'
    case 'webhook_down':
      return 'threadGap.webhookDown'
    case 'history_declined':
      return 'threadGap.historyDeclined'
    case 'history_partial':
      return 'threadGap.historyPartial'
    default:
      return 'threadGap.historyNotCome'
  }
}
