import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Template, TemplateEvent, TemplateStep } from '../../../contract/api/templates.ts'
import { mayReview } from '../../../contract/template-standing.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { FIELD, TextArea } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { ArchiveButton, Archived } from './archive.tsx'
import { MetaWords } from './meta-words.tsx'
import { TEMPLATES, useStep } from './templates-query.ts'
import { Together } from './together.tsx'
import { REVIEW_WORDS, STANDING_WORDS } from './words.ts'

/** Where the template stands in plain words, and what this person can do about it. */
export function Steps({
  template,
  events,
  onEdit,
}: {
  readonly template: Template
  readonly events: readonly TemplateEvent[]
  readonly onEdit: () => void
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const navigate = useNavigate()
  const taking = useStep(template.id)
  const { version, review, standing, dueMs, endMs } = template
  const take = (step: TemplateStep, note?: string) =>
    taking.mutate(
      { step, version, ...(note === undefined || note.trim() === '' ? {} : { note }) },
      { onSuccess: (answer) => step === 'remove' && answer.ok && void navigate({ to: '/templates' }) },
    )
  const returned = review === 'returned' ? events.find(({ kind }) => kind === 'returned')?.note : null
  return (
    <Section title={t(review === 'submitted' ? STANDING_WORDS[standing].short : REVIEW_WORDS[review])}>
      <div className="flex flex-col gap-3">
        {review === 'submitted' && <p className="text-ink-2">{t(STANDING_WORDS[standing].long)}</p>}
        <Archived template={template} />
        {review === 'submitted' && standing !== 'archived' && dueMs !== null && endMs !== null && (
          <p className="text-sm text-ink-2">
            {t('template.reviewDates', { due: formats.moment(dueMs), end: formats.moment(endMs) })}
          </p>
        )}
        {returned !== null && returned !== undefined && (
          <blockquote dir="auto" className="border-s-3 border-note bg-note-soft px-3 py-2">
            {returned}
          </blockquote>
        )}
        <Review template={template} busy={taking.isPending} onTake={take} onEdit={onEdit} />
        {taking.data?.ok === false && (
          <p role="alert" className="text-danger">
            {failureWords(t, taking.data.failure)} <MetaWords failure={taking.data.failure} />
          </p>
        )}
        <Away template={template} busy={taking.isPending} onTake={take} />
      </div>
    </Section>
  )
}

type Take = (step: TemplateStep, note?: string) => void

function Review({
  template,
  busy,
  onTake,
  onEdit,
}: {
  readonly template: Template
  readonly busy: boolean
  readonly onTake: Take
  readonly onEdit: () => void
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const me = useSync((state) => state.session?.me?.id ?? '')
  const list = useQuery(TEMPLATES).data
  const members = list?.ok === true ? list.value.members : 2
  const { review, standing, nextEditMs } = template
  const may = mayReview(template.authorId, me, members)
  const waits = nextEditMs !== null && nextEditMs > nowMs ? nextEditMs : null
  const edit = (
    <Button disabled={busy} onClick={onEdit}>
      {t('template.edit')}
    </Button>
  )
  switch (review) {
    case 'draft':
    case 'returned':
      return (
        <p className="flex flex-wrap gap-2">
          <Button look="primary" disabled={busy} onClick={() => onTake('ask')}>
            {t('template.ask')}
          </Button>
          {edit}
        </p>
      )
    case 'in_review':
      return may ? (
        <Judgement busy={busy} onTake={onTake} />
      ) : (
        <>
          <p className="text-ink-2">{t('template.waitsForOther')}</p>
          <p>{edit}</p>
        </>
      )
    case 'reviewed':
      return (
        <>
          <Together template={template} />
          <p className="text-ink-2">
            {waits === null ? t('template.readyLead') : t('template.editWaits', { time: formats.moment(waits) })}
          </p>
          <p className="flex flex-wrap gap-2">
            <Button
              look="primary"
              disabled={busy || waits !== null || standing === 'archived'}
              onClick={() => onTake('submit')}
            >
              {t('template.submit')}
            </Button>
            {edit}
          </p>
        </>
      )
    case 'submitted':
      return <Running {...{ standing, may, busy, onTake, edit }} />
    default:
      return review satisfies never
  }
}

/** What can be done with a template that Meta has. */
function Running({
  standing,
  may,
  busy,
  onTake,
  edit,
}: {
  readonly standing: Template['standing']
  readonly may: boolean
  readonly busy: boolean
  readonly onTake: Take
  readonly edit: ReactNode
}): ReactNode {
  const t = useT()
  const confirms = standing === 'approved' || standing === 'due' || standing === 'expired'
  return (
    <>
      {!may && (standing === 'due' || standing === 'expired') && (
        <p className="text-ink-2">{t('template.waitsForOther')}</p>
      )}
      <p className="flex flex-wrap gap-2">
        {confirms && may && (
          <Button
            look={standing === 'approved' ? 'plain' : 'primary'}
            disabled={busy}
            onClick={() => onTake('confirm')}
          >
            {t('template.confirm')}
          </Button>
        )}
        {standing === 'suspended' && (
          <Button look="primary" disabled={busy} onClick={() => onTake('adopt')}>
            {t('template.adopt')}
          </Button>
        )}
        {standing === 'paused' && (
          <Button look="primary" disabled={busy} onClick={() => onTake('unpause')}>
            {t('template.unpause')}
          </Button>
        )}
        {standing !== 'pending' && standing !== 'deleted' && standing !== 'put_away' && standing !== 'archived' && edit}
      </p>
    </>
  )
}

function Judgement({ busy, onTake }: { readonly busy: boolean; readonly onTake: Take }): ReactNode {
  const t = useT()
  const [note, setNote] = useState('')
  return (
    <>
      <p className="text-ink-2">{t('template.judge')}</p>
      <TextArea label={t('template.note')} rows={2} maxLength={1000} value={note} onChange={setNote} />
      <p className="flex flex-wrap gap-2">
        <Button look="primary" disabled={busy} onClick={() => onTake('approve', note)}>
          {t('template.approve')}
        </Button>
        <Button disabled={busy || note.trim() === ''} onClick={() => onTake('return', note)}>
          {t('template.return')}
        </Button>
      </p>
    </>
  )
}

/** Putting away can be taken back; deleting at Meta cannot, so the name is typed. */
function Away({
  template,
  busy,
  onTake,
}: {
  readonly template: Template
  readonly busy: boolean
  readonly onTake: Take
}): ReactNode {
  const t = useT()
  const [typed, setTyped] = useState('')
  const putAway = template.standing === 'put_away'
  return (
    <details className="border-t border-line pt-2 text-sm">
      <summary className="min-h-8 text-ink-2 phone:py-3">{t('template.more')}</summary>
      <div className="mt-2 flex flex-col items-start gap-3">
        <p className="flex flex-wrap items-center gap-2 text-ink-2">
          <Button disabled={busy} onClick={() => onTake(putAway ? 'take_out' : 'put_away')}>
            {t(putAway ? 'template.takeOut' : 'template.putAwayDo')}
          </Button>
          {t('template.putAwayHow')}
        </p>
        <ArchiveButton template={template} />
        <label className="w-full text-ink-2">
          <span className="mb-1 block">{t('template.removeLead', { name: template.name })}</span>
          <input
            dir="ltr"
            autoComplete="off"
            className={`${FIELD} max-w-80`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button look="danger" disabled={busy || typed !== template.name} onClick={() => onTake('remove')}>
          {t('template.remove')}
        </Button>
      </div>
    </details>
  )
}
