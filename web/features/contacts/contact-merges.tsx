import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { type ReactNode, useId, useState } from 'react'
import type {
  ContactDetail,
  ContactMerge,
  ContactsPage,
  SuggestionsAnswer,
  UndoMergeAnswer,
} from '../../../contract/api/contacts.ts'
import { type Contact, contactName } from '../../../contract/conversation.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get, post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { FIELD } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { CONTACTS } from './contact-queries.ts'
import { MergePair, useMergeActs } from './merge-pair.tsx'

/** People offered at a time when somebody looks for the other contact. */
const OFFERED_MAX = 6

/** Who else may be this person, what was merged into this contact, and the way back. */
export function ContactMerges({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const t = useT()
  const { id } = detail.contact
  const suggested = useQuery({
    queryKey: [...CONTACTS, 'suggestions', id],
    queryFn: () => get<SuggestionsAnswer>(`/contacts/suggestions?${new URLSearchParams({ contactId: id })}`),
  }).data
  return (
    <Section title={t('merge.title')} lead={t('merge.contactLead')}>
      {suggested?.ok === true && suggested.value.suggestions.length > 0 && (
        <ul className="mb-3 flex flex-col gap-2">
          {suggested.value.suggestions.map((suggestion) => (
            <MergePair key={suggestion.contacts.map((one) => one.id).join()} suggestion={suggestion} />
          ))}
        </ul>
      )}
      {detail.merges.length > 0 && (
        <ol className="mb-3 flex flex-col gap-3">
          {detail.merges.map((merge) => (
            <MergeLine key={merge.id} merge={merge} />
          ))}
        </ol>
      )}
      <OtherContact contact={detail.contact} />
    </Section>
  )
}

function MergeLine({ merge }: { readonly merge: ContactMerge }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const queries = useQueryClient()
  const members = useSync((state) => state.session?.members) ?? []
  const nameOf = (id: string | null) => members.find((member) => member.id === id)?.name ?? ''
  const undoing = useMutation({
    mutationFn: () => post<UndoMergeAnswer>(`/contacts/merges/${merge.id}/undo`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: CONTACTS }),
  })
  const told =
    merge.cause === 'meta'
      ? t('merge.byMeta')
      : t('merge.byMember', { member: `\u2068${nameOf(merge.memberId)}\u2069` })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1">
        <bdi className="font-medium">{contactName(merge.gone)}</bdi>
        <span className="block text-sm text-ink-3">
          {told} · <time dateTime={new Date(merge.atMs).toISOString()}>{formats.moment(merge.atMs)}</time>
        </span>
        {merge.undoneAtMs !== null && (
          <span className="block text-sm text-ink-2">
            {t('merge.undone', {
              member: `\u2068${nameOf(merge.undoneBy)}\u2069`,
              time: formats.moment(merge.undoneAtMs),
            })}
          </span>
        )}
      </span>
      {merge.canUndo && (
        <Button disabled={undoing.isPending} title={t('merge.undoLead')} onClick={() => undoing.mutate()}>
          {t('merge.undo')}
        </Button>
      )}
      {undoing.data?.ok === false && (
        <p role="alert" className="basis-full text-sm text-danger">
          {failureWords(t, undoing.data.failure)}
        </p>
      )}
    </li>
  )
}

/** Looks for the contact that is the same person, by any name or number, and merges the two. */
function OtherContact({ contact }: { readonly contact: Contact }): ReactNode {
  const t = useT()
  const field = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [other, setOther] = useState<Contact | null>(null)
  const q = typed?.trim() ?? ''
  const found = useQuery({
    queryKey: [...CONTACTS, 'list', 'offered', q],
    queryFn: () => get<ContactsPage>(`/contacts?${new URLSearchParams({ q, limit: String(OFFERED_MAX + 1) })}`),
    enabled: q !== '',
  }).data
  if (typed === null) return <Button onClick={() => setTyped('')}>{t('merge.other')}</Button>
  if (other !== null) return <Confirm contact={contact} other={other} onCancel={() => setOther(null)} />
  const offered = found?.ok === true ? found.value.contacts.filter((line) => line.contact.id !== contact.id) : []
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={field} className="text-sm text-ink-2">
        {t('merge.otherLead')}
      </label>
      <input
        id={field}
        type="search"
        dir="auto"
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        className={FIELD}
      />
      <ul className="flex flex-col">
        {offered.slice(0, OFFERED_MAX).map(({ contact: one }) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => setOther(one)}
              className="flex min-h-9 w-full items-center gap-3 rounded-sm px-2 text-start hover:bg-hover phone:min-h-11"
            >
              <bdi className="font-medium">{contactName(one)}</bdi>
              <span className="num text-sm text-ink-3">
                {one.phone === null ? (one.userId ?? '') : `+${one.phone}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {q !== '' && found?.ok === true && offered.length === 0 && (
        <p className="text-sm text-ink-3">{t('contacts.nobody')}</p>
      )}
      <p>
        <Button look="ghost" onClick={() => setTyped(null)}>
          {t('contact.cancel')}
        </Button>
      </p>
    </div>
  )
}

function Confirm({
  contact,
  other,
  onCancel,
}: {
  readonly contact: Contact
  readonly other: Contact
  readonly onCancel: () => void
}): ReactNode {
  const t = useT()
  const act = useMergeActs([contact.id, other.id])
  const kept = act.merged?.contactId
  // The older one stays, which may be the other.
  if (kept !== undefined && kept !== contact.id) {
    return <Navigate to="/contacts/$contactId" params={{ contactId: kept }} replace />
  }
  return (
    <div className="flex flex-col gap-2">
      <p>
        {t('merge.sure', { name: `\u2068${contactName(contact)}\u2069`, other: `\u2068${contactName(other)}\u2069` })}
      </p>
      <p className="flex gap-2">
        <Button look="primary" disabled={act.busy || act.merged !== null} onClick={act.merge}>
          {t('merge.merge')}
        </Button>
        <Button look="ghost" onClick={onCancel}>
          {t('contact.cancel')}
        </Button>
      </p>
      {act.failure !== null && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, act.failure)}
        </p>
      )}
    </div>
  )
}
