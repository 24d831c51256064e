import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { AUTO_ANSWER_LENGTH_MAX, type AutoAnswer, type SaveAutoAnswerBody } from '../../../contract/api/gaps.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Section } from '../../ui/page.tsx'

/** Whether customers are told that their message could not be received, and in which words. */
export function AutoAnswerSection({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const answer = useQuery({
    queryKey: ['auto-answer', numberId],
    queryFn: () => get<AutoAnswer>(`/numbers/${encodeURIComponent(numberId)}/auto-answer`),
  }).data
  if (answer === undefined) return null
  return (
    <Section title={t('autoAnswer.title')} lead={t('autoAnswer.lead')}>
      {answer.ok ? (
        <Form key={numberId} numberId={numberId} stored={answer.value} />
      ) : (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
    </Section>
  )
}

function Form({ numberId, stored }: { readonly numberId: string; readonly stored: AutoAnswer }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const { answered, ...setting } = stored
  const [draft, setDraft] = useState<SaveAutoAnswerBody>(setting)
  const saving = useMutation({
    mutationFn: () => post<undefined>(`/numbers/${encodeURIComponent(numberId)}/auto-answer`, draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['auto-answer', numberId] }),
  })
  const empty = draft.textAr.trim() === '' || draft.textEn.trim() === ''
  const change = (part: Partial<SaveAutoAnswerBody>) => {
    saving.reset()
    setDraft({ ...draft, ...part })
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <ChoiceGroup
        label={t('autoAnswer.switch')}
        choices={[
          { value: 'off', label: t('autoAnswer.off') },
          { value: 'on', label: t('autoAnswer.on') },
        ]}
        value={draft.enabled ? 'on' : 'off'}
        onChoose={(value) => change({ enabled: value === 'on' })}
      />
      <p className="text-sm text-ink-2">{t('autoAnswer.language')}</p>
      <Words
        language="ar"
        label={t('autoAnswer.textAr')}
        text={draft.textAr}
        onChange={(textAr) => change({ textAr })}
      />
      <Words
        language="en"
        label={t('autoAnswer.textEn')}
        text={draft.textEn}
        onChange={(textEn) => change({ textEn })}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={empty || saving.isPending}>
          {t('autoAnswer.save')}
        </Button>
        <p role="status" className="text-sm text-ink-2">
          {empty
            ? t('autoAnswer.empty')
            : saving.data?.ok === true
              ? t('autoAnswer.saved')
              : t('autoAnswer.answered', { count: answered })}
        </p>
      </div>
      {saving.data?.ok === false && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, saving.data.failure)}
        </p>
      )}
    </form>
  )
}

/** A text, and beside it the bubble that the customer will see. */
function Words({
  language,
  label,
  text,
  onChange,
}: {
  readonly language: 'ar' | 'en'
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
}): ReactNode {
  const t = useT()
  const id = useId()
  return (
    <div className="grid gap-x-4 gap-y-2 roomy:grid-cols-2">
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <textarea
          id={id}
          lang={language}
          dir="auto"
          rows={5}
          maxLength={AUTO_ANSWER_LENGTH_MAX}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 narrow:text-lg"
        />
      </div>
      <figure className="flex flex-col gap-1">
        <figcaption className="text-sm text-ink-3">{t('autoAnswer.preview')}</figcaption>
        <p
          lang={language}
          dir="auto"
          className="w-fit max-w-prose rounded-md bg-bot-soft px-3 py-2 whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {text}
        </p>
      </figure>
    </div>
  )
}
