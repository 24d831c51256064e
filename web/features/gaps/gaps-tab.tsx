import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, Download, RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { GapsAnswer } from '../../../contract/api/gaps.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { type Failure, post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useNumber } from '../numbers/use-number.ts'
import { AutoAnswerSection } from './auto-answer-section.tsx'
import { GapRow } from './gap-row.tsx'
import { type GapView, viewOf } from './gap-words.ts'
import { gapsCsv } from './gaps-csv.ts'
import { numberGaps } from './number-gaps.ts'

/** What could not be captured of a number, and what customers are told of it. */
export function GapsTab(): ReactNode {
  const t = useT()
  const number = useNumber()
  const answer = useQuery({ ...numberGaps(number?.id ?? ''), enabled: number !== undefined }).data
  if (number === undefined || answer === undefined) return null
  return (
    <div className="flex flex-col gap-4">
      <Section title={t('gaps.title')} lead={t('gaps.lead')}>
        {answer.ok ? <Register numberId={number.id} answer={answer.value} /> : <Refused failure={answer.failure} />}
      </Section>
      {number.mode !== 'app_only' && <AutoAnswerSection numberId={number.id} />}
    </div>
  )
}

const NONE: Record<GapView, readonly [MessageKey, MessageKey]> = {
  open: ['gaps.noneOpen', 'gaps.noneOpenLead'],
  over: ['gaps.noneOver', 'gaps.noneOverLead'],
  standing: ['gaps.noneStanding', 'gaps.noneStandingLead'],
}

function Register({ numberId, answer }: { readonly numberId: string; readonly answer: GapsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const [view, setView] = useState<GapView>('open')
  const count = (of: GapView) => formats.number(answer.gaps.filter((gap) => viewOf(gap) === of).length)
  const label = (of: GapView, key: MessageKey) => ({ value: of, label: `${t(key)} · ${count(of)}` })
  const shown = answer.gaps.filter((gap) => viewOf(gap) === view)
  const [title, lead] = NONE[view]
  return (
    <>
      <ChoiceGroup
        label={t('gaps.show')}
        choices={[label('open', 'gaps.open'), label('over', 'gaps.over'), label('standing', 'gaps.standing')]}
        value={view}
        onChoose={setView}
      />
      <Actions numberId={numberId} answer={answer} />
      {shown.length === 0 ? (
        <Empty icon={<CircleCheck aria-hidden="true" />} title={t(title)}>
          {t(lead)}
        </Empty>
      ) : (
        <ul data-testid="gaps">
          {shown.map((gap) => (
            <GapRow key={gap.key} gap={gap} />
          ))}
        </ul>
      )}
    </>
  )
}

function Actions({ numberId, answer }: { readonly numberId: string; readonly answer: GapsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const queries = useQueryClient()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const { checkedAtMs, gaps } = answer

  async function check(): Promise<void> {
    setBusy(true)
    const result = await post<GapsAnswer>(`/numbers/${encodeURIComponent(numberId)}/gaps/check`, {})
    setBusy(false)
    setFailure(result.ok ? null : result.failure)
    if (result.ok) queries.setQueryData(numberGaps(numberId).queryKey, result)
  }

  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <Button disabled={busy} onClick={() => void check()}>
        <RefreshCw aria-hidden="true" className="size-4" />
        {t('gaps.check')}
      </Button>
      <Button
        disabled={gaps.length === 0}
        onClick={() => {
          saveTable(gapsCsv(t, gaps))
          setSaved(true)
        }}
      >
        <Download aria-hidden="true" className="size-4" />
        {t('gaps.export')}
      </Button>
      <p role="status" className="text-sm text-ink-3">
        {saved
          ? t('gaps.exported')
          : checkedAtMs === null
            ? t('gaps.neverChecked')
            : t('gaps.checked', { time: `${formats.day(checkedAtMs, nowMs)} ${formats.time(checkedAtMs)}` })}
      </p>
      {failure !== null && <Refused failure={failure} />}
    </div>
  )
}

function Refused({ failure }: { readonly failure: Failure }): ReactNode {
  const t = useT()
  return (
    <p role="alert" className="text-sm text-danger">
      {failureWords(t, failure)}
    </p>
  )
}

/** Hands the browser a file to keep. */
function saveTable(csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'wasl-gaps.csv'
  link.click()
  URL.revokeObjectURL(url)
}
