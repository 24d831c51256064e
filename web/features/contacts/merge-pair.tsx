import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type {
  MergeContactAnswer,
  MergeReason,
  MergeSuggestion,
  UndoMergeAnswer,
} from '../../../contract/api/contacts.ts'
import { type Contact, contactName } from '../../../contract/conversation.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import { CONTACTS } from './contact-queries.ts'

const REASONS: Record<MergeReason, MessageKey> = {
  same_username: 'merge.sameUsername',
  same_name: 'merge.sameName',
  same_name_phone_hidden: 'merge.sameNameHidden',
}

/** Two contacts that may be one person: merge them, or say that they are two. Either is undone where it was done. */
export function MergePair({ suggestion }: { readonly suggestion: MergeSuggestion }): ReactNode {
  const t = useT()
  const [first, second] = suggestion.contacts
  const act = useMergeActs([first.id, second.id])
  const done = act.done
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-wrap gap-x-8 gap-y-2 narrow:basis-full">
        <Person contact={first} />
        <Person contact={second} />
        <p className="basis-full text-sm text-ink-2">{t(REASONS[suggestion.reason])}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {done === null ? (
          <>
            <Button look="primary" disabled={act.busy} onClick={act.merge}>
              {t('merge.merge')}
            </Button>
            <Button disabled={act.busy} onClick={act.tellApart}>
              {t('merge.apart')}
            </Button>
          </>
        ) : (
          <p role="status" className="flex items-center gap-2 text-sm text-agent">
            {t(done === 'merged' ? 'merge.merged' : 'merge.isApart')}
            <Button disabled={act.busy} onClick={act.undo}>
              {t('contact.undo')}
            </Button>
          </p>
        )}
      </div>
      {act.failure !== null && (
        <p role="alert" className="basis-full text-sm text-danger">
          {failureWords(t, act.failure)}
        </p>
      )}
    </li>
  )
}

function Person({ contact }: { readonly contact: Contact }): ReactNode {
  const t = useT()
  const name = contactName(contact)
  return (
    <Link
      to="/contacts/$contactId"
      params={{ contactId: contact.id }}
      className="flex min-w-0 items-center gap-2.5 text-ink no-underline hover:underline"
    >
      <Avatar name={name} seed={contact.id} />
      <span className="min-w-0">
        <PersonName name={name} className="font-medium" />
        <span className="block text-sm text-ink-3">
          {contact.phone === null ? t('contacts.hasNoPhone') : <span className="num">+{contact.phone}</span>}
        </span>
      </span>
    </Link>
  )
}

/** Merging two contacts, telling them apart, and taking either back. */
export function useMergeActs(ids: readonly [string, string]) {
  const queries = useQueryClient()
  // Not the suggestions: the pair stays where it is, with the way back beside it.
  const refresh = () =>
    Promise.all(['list', 'one'].map((part) => queries.invalidateQueries({ queryKey: [...CONTACTS, part] })))
  const merging = useMutation({
    mutationFn: () => post<MergeContactAnswer>(`/contacts/${ids[0]}/merges`, { otherId: ids[1] }),
    onSettled: refresh,
  })
  const parting = useMutation({
    mutationFn: (apart: boolean) => post<undefined>('/contacts/apart', { ids, apart }),
    onSettled: refresh,
  })
  const undoing = useMutation({
    mutationFn: (mergeId: string) => post<UndoMergeAnswer>(`/contacts/merges/${mergeId}/undo`, {}),
    onSuccess: (answer) => answer.ok && merging.reset(),
    onSettled: refresh,
  })
  const merged = merging.data?.ok === true ? merging.data.value : null
  const isApart = parting.data?.ok === true && parting.variables === true
  const failed = [merging, parting, undoing].map(({ data }) => data).find((data) => data?.ok === false)
  return {
    merged,
    done: merged !== null ? ('merged' as const) : isApart ? ('apart' as const) : null,
    busy: merging.isPending || parting.isPending || undoing.isPending,
    failure: failed?.ok === false ? failed.failure : null,
    merge: () => merging.mutate(),
    tellApart: () => parting.mutate(true),
    undo: () => (merged === null ? parting.mutate(false) : undoing.mutate(merged.mergeId)),
  }
}
