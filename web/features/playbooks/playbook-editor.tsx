import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import {
  PLAYBOOK_BODY_LENGTH_MAX,
  PLAYBOOK_TITLE_LENGTH_MAX,
  type Playbook,
  type PlaybookAnswer,
  type WritePlaybookBody,
} from '../../../contract/api/playbooks.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { MarkdownText } from '../../ui/markdown.tsx'
import { OWN_PLAYBOOKS } from './own-playbooks.ts'

const FIELD = 'w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-ink'

/** Writes a page, new or anew; `onDone` gets it, or `null` when the writer gave up. What fails stays in the fields. */
export function PlaybookEditor({
  page,
  onDone,
}: {
  readonly page?: Playbook
  readonly onDone: (written: Playbook | null) => void
}): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<WritePlaybookBody>({
    title: page?.title ?? '',
    body: page?.body ?? '',
    language: page?.language ?? null,
  })
  const saving = useMutation({
    mutationFn: () =>
      page === undefined
        ? post<PlaybookAnswer>('/playbooks', draft)
        : post<PlaybookAnswer>(`/playbooks/${page.id}`, { ...draft, version: page.version }),
    onSuccess: async (answer) => {
      if (!answer.ok) return
      await queries.invalidateQueries(OWN_PLAYBOOKS)
      onDone(answer.value.playbook)
    },
  })
  function save(event: FormEvent): void {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <form onSubmit={save} className="flex max-w-3xl flex-col gap-4">
      <Fields draft={draft} onChange={setDraft} />
      {saving.data?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, saving.data.failure)}
        </p>
      )}
      <p className="flex gap-2">
        <Button look="primary" type="submit" disabled={saving.isPending || draft.title.trim() === ''}>
          {t('playbook.save')}
        </Button>
        <Button onClick={() => onDone(null)}>{t('playbook.cancel')}</Button>
      </p>
      {draft.body.trim() !== '' && (
        <section aria-label={t('playbook.preview')} className="rounded-md border border-line bg-surface px-5 py-4">
          <p className="mb-2 text-sm text-ink-3">{t('playbook.preview')}</p>
          <MarkdownText text={draft.body} />
        </section>
      )}
    </form>
  )
}

function Fields({
  draft,
  onChange,
}: {
  readonly draft: WritePlaybookBody
  readonly onChange: (draft: WritePlaybookBody) => void
}): ReactNode {
  const t = useT()
  const ids = { title: useId(), body: useId() }
  return (
    <>
      <div>
        <label htmlFor={ids.title} className="mb-1 block font-medium">
          {t('playbook.title')}
        </label>
        <input
          id={ids.title}
          dir="auto"
          required
          maxLength={PLAYBOOK_TITLE_LENGTH_MAX}
          className={FIELD}
          value={draft.title}
          onChange={(event) => onChange({ ...draft, title: event.target.value })}
        />
      </div>
      <ChoiceGroup
        label={t('playbook.readers')}
        value={draft.language ?? 'all'}
        onChoose={(value) => onChange({ ...draft, language: value === 'all' ? null : value })}
        choices={[
          { value: 'all', label: t('playbook.everybody') },
          { value: 'en', label: t('language.en') },
          { value: 'ar', label: t('language.ar') },
        ]}
      />
      <div>
        <label htmlFor={ids.body} className="mb-1 block font-medium">
          {t('playbook.body')}
        </label>
        <p id={`${ids.body}-help`} className="mb-1.5 text-sm text-ink-2">
          {t('playbook.markdown')}
        </p>
        <textarea
          id={ids.body}
          dir="auto"
          aria-describedby={`${ids.body}-help`}
          rows={14}
          maxLength={PLAYBOOK_BODY_LENGTH_MAX}
          className={FIELD}
          value={draft.body}
          onChange={(event) => onChange({ ...draft, body: event.target.value })}
        />
      </div>
    </>
  )
}
