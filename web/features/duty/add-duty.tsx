import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AddDutyBody, DutyAnswer } from '../../../contract/api/duty.ts'
import type { NumberId } from '../../../contract/ids.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { readSync, useSync } from '../../sync/browser.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { SaveLine } from '../../ui/save-line.tsx'
import { type DutyDraft, dutyOf, emptyDraft } from './duty-draft.ts'
import { dutiesQuery } from './duty-queries.ts'
import { Weekdays } from './weekdays.tsx'

/** A new entry of the roster: who, when, in which place's time. */
export function AddDuty({ numberId }: { readonly numberId: NumberId }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const members = useSync((state) => state.session?.members) ?? []
  const [draft, setDraft] = useState<DutyDraft>(() => emptyDraft(nowMs(), members[0]?.id ?? ''))
  const [problem, setProblem] = useState(false)
  const adding = useMutation({
    mutationFn: (body: AddDutyBody) => post<DutyAnswer>(`/numbers/${numberId}/duties`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: dutiesQuery(numberId).queryKey }),
  })
  const change = (part: Partial<DutyDraft>) => {
    setProblem(false)
    adding.reset()
    setDraft({ ...draft, ...part })
  }
  return (
    <Section title={t('duty.add')}>
      <form
        className="mt-2 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          const body = dutyOf(draft)
          setProblem(body === null)
          if (body !== null) adding.mutate(body)
        }}
      >
        <SelectField
          label={t('duty.who')}
          value={draft.memberId}
          className="max-w-xs"
          choices={members.map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(memberId) => change({ memberId })}
        />
        <ChoiceGroup
          label={t('duty.howOften')}
          value={draft.kind}
          choices={[
            { value: 'weekly', label: t('duty.weekly') },
            { value: 'once', label: t('duty.onceOnly') },
          ]}
          onChoose={(kind) => change({ kind })}
        />
        <Times draft={draft} onChange={change} />
        <SelectField
          label={t('duty.timeZone')}
          value={draft.timeZone}
          className="max-w-xs"
          choices={timeZones(draft.timeZone).map((zone) => ({ value: zone, label: zone }))}
          onChoose={(timeZone) => change({ timeZone })}
        />
        {problem && (
          <p role="alert" className="text-sm text-danger">
            {t(draft.kind === 'weekly' ? 'duty.noDay' : 'duty.endsFirst')}
          </p>
        )}
        <SaveLine
          label={t('duty.save')}
          busy={adding.isPending || draft.memberId === ''}
          saved={adding.data?.ok === true ? t('duty.saved') : ''}
          failure={adding.data?.ok === false ? failureWords(t, adding.data.failure) : null}
        />
      </form>
    </Section>
  )
}

function Times({
  draft,
  onChange,
}: {
  readonly draft: DutyDraft
  readonly onChange: (part: Partial<DutyDraft>) => void
}): ReactNode {
  const t = useT()
  if (draft.kind === 'once') {
    return (
      <div className="flex flex-wrap gap-4">
        <TextField
          label={t('duty.begins')}
          type="datetime-local"
          value={draft.begins}
          onChange={(begins) => onChange({ begins })}
        />
        <TextField
          label={t('duty.ends')}
          type="datetime-local"
          value={draft.ends}
          onChange={(ends) => onChange({ ends })}
        />
      </div>
    )
  }
  return (
    <>
      <Weekdays chosen={draft.weekdays} onChange={(weekdays) => onChange({ weekdays })} />
      <div className="flex flex-wrap gap-4">
        <TextField label={t('duty.from')} type="time" value={draft.from} onChange={(from) => onChange({ from })} />
        <TextField label={t('duty.to')} type="time" value={draft.to} onChange={(to) => onChange({ to })} />
        <TextField
          label={t('duty.appliesFrom')}
          type="date"
          value={draft.since}
          onChange={(since) => onChange({ since })}
        />
      </div>
      <p className="text-sm text-ink-3">{t('duty.nightLead')}</p>
    </>
  )
}

function nowMs(): number {
  return Date.now() + readSync().clockSkewMs
}

function timeZones(chosen: string): readonly string[] {
  return [...new Set([chosen, ...Intl.supportedValuesOf('timeZone')])]
}
