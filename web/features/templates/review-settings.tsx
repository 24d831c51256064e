import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ReviewTerms } from '../../../contract/template-standing.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'

/** How long a review holds. Only the owner changes it. */
export function ReviewSettings({ terms }: { readonly terms: ReviewTerms }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const isOwner = useSync((state) => state.session?.me?.role === 'owner')
  const [draft, setDraft] = useState(terms)
  const saving = useMutation({
    mutationFn: () => post<undefined>('/templates/settings', draft),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  })
  if (!isOwner) return null
  return (
    <Section title={t('templates.settings')} lead={t('templates.settingsLead')}>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <TextField
          label={t('templates.reviewDays')}
          type="number"
          min={1}
          max={3650}
          required
          value={String(draft.reviewDays)}
          onChange={(days) => setDraft({ ...draft, reviewDays: Number(days) })}
        />
        <TextField
          label={t('templates.graceDays')}
          type="number"
          min={0}
          max={365}
          required
          value={String(draft.graceDays)}
          onChange={(days) => setDraft({ ...draft, graceDays: Number(days) })}
        />
        <Button type="submit" look="primary" className="min-h-9" disabled={saving.isPending}>
          {t('templates.saveSettings')}
        </Button>
        <span role="status" className="text-sm text-agent">
          {saving.data?.ok === true ? t('templates.settingsSaved') : ''}
        </span>
        {saving.data?.ok === false && (
          <p role="alert" className="w-full text-sm text-danger">
            {failureWords(t, saving.data.failure)}
          </p>
        )}
      </form>
    </Section>
  )
}
