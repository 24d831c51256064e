import { wantsFetch } from '../media/fetch-plan.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, type Sql, together } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { storableJson } from './canonical-json.ts'
import { contactChanges } from './contact-changes.ts'
import { writeBook, writeContactChanges } from './contact-log-store.ts'
import { decide } from './decide.ts'
import { decideContacts, findMerges, gatherPersons } from './decide-contacts.ts'
import { changedContacts, describeChanges, type Written } from './describe-changes.ts'
import type { ContactDraft, Draft, Loaded, LoadedBatch, MessageDraft, StatusFact } from './draft.ts'
import { writeFacts, writeQuotes } from './fact-store.ts'
import { gatherNeeds, type Needs } from './gather-needs.ts'
import { loadState } from './load-store.ts'
import { mergeEvents } from './merge-events.ts'
import { mergeContacts, readConversations } from './merge-store.ts'
import { REACTION_MARK } from './own-marks.ts'
import { planWrites, type WritePlan } from './plan-writes.ts'
import type { ContactRow, ConversationRow } from './rows.ts'
import type { NumberFacts, SortedFacts } from './sort-facts.ts'
import { writeStatuses } from './status-store.ts'
import { markIdentities, refoldContacts, relastConversations, updateMessages } from './update-store.ts'
import { conversationView } from './view.ts'
import { noteWindowRefusals } from './window-store.ts'
import { writeNew } from './write-store.ts'

export interface ThreadProjection {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  /** Notes, in the same transaction, statuses of messages that nobody here has seen. */
  readonly reactToStrays: (
    sql: Sql,
    workspaceId: string,
    numberId: string,
    strays: readonly Pick<StatusFact, 'wamid' | 'atMs'>[],
    nowMs: number,
  ) => Promise<void>
  /** Queues, in the same transaction, what refusals of our messages ask of what is sent next. */
  readonly reactToRefusals: (sql: Sql, workspaceId: string, refusals: readonly Refusal[]) => Promise<void>
}

interface Refusal {
  readonly numberId: string
  readonly conversationId: string
  readonly code: number
}

/** The batch cannot be decided while others project: messages it speaks of are unknown, or contacts must be merged. */
export class MustBeAlone extends Error {}

export interface ProjectedThreads {
  /** As JSON. */
  readonly events: string[]
  /** Messages whose files are to be fetched. */
  readonly filed: string[]
}

/**
 * Load → decide → write → describe, for everything that has to do with people and messages, on all numbers of a batch
 * at once: 25 numbers that each say little cost the round trips of one. `parts` in the order of their numbers.
 */
export async function projectThreads(
  deps: ThreadProjection,
  sql: Sql,
  workspaceId: string,
  parts: readonly NumberFacts[],
  alone: boolean,
): Promise<ProjectedThreads> {
  const speaking = parts.filter(({ facts }) => isAboutThreads(facts))
  if (speaking.length === 0) return { events: [], filed: [] }
  let decided = await loadAndDecide(deps, sql, workspaceId, speaking, alone)
  if (isOrphaned(decided) && !alone) {
    // A status of a send that is being settled finds it neither by our id any more nor by its wamid yet: it waited for the
    // settling, and has only to look again. To be alone costs everybody a wait.
    if (decided.needs.ownIds.length > 0) decided = await loadAndDecide(deps, sql, workspaceId, speaking, alone)
    if (isOrphaned(decided)) throw new MustBeAlone('Facts speak of messages that are not known')
  }
  const { drafts, contacts, loaded, events } = decided
  const all = [...drafts.values()]
  const written = await writePlan(deps, sql, workspaceId, planWrites(drafts, contacts, loaded), { contacts, loaded })
  for (const { numberId, facts } of speaking) await writeBook(sql, workspaceId, numberId, facts.contacts)
  for (const [numberId, draft] of drafts) {
    const strays = straysOf(draft)
    if (strays.length > 0) await deps.reactToStrays(sql, workspaceId, numberId, strays, deps.clock.nowMs())
    events.push(...describeChanges({ ...written, draft, loaded: loaded.numbers.get(numberId) as Loaded }))
  }
  events.push(...(await describeContacts(sql, workspaceId, contacts, written)))
  const messages = all.flatMap((draft) => [...draft.messages.values()])
  const refusals = messages.flatMap(refusalOf)
  if (refusals.length > 0) await deps.reactToRefusals(sql, workspaceId, refusals)
  return { events, filed: messages.filter(({ before, row }) => wantsFetch(row, before)).map(({ row }) => row.id) }
}

/** A message of ours that WhatsApp took and refuses now. */
function refusalOf({ before, row }: MessageDraft): Refusal[] {
  const { numberId, conversationId, clientId, delivery, error } = row
  if (clientId === null || delivery !== 'failed' || error?.code == null) return []
  return before?.error?.code === error.code ? [] : [{ numberId, conversationId, code: error.code }]
}

function isAboutThreads({ messages, acts, statuses, contacts }: SortedFacts): boolean {
  return messages.length + acts.length + statuses.length + contacts.length > 0
}

interface Decided {
  readonly needs: Needs
  readonly loaded: LoadedBatch
  readonly drafts: ReadonlyMap<string, Draft>
  readonly contacts: readonly ContactDraft[]
  /** Of merges that came before. */
  readonly events: string[]
}

async function loadAndDecide(
  deps: ThreadProjection,
  sql: Sql,
  workspaceId: string,
  parts: readonly NumberFacts[],
  alone: boolean,
): Promise<Decided> {
  const { needs, loaded, persons, events } = await loadPeople(deps, sql, workspaceId, parts, alone)
  const people = { persons, contactOf: decideContacts(persons, loaded.people, deps.ids) }
  const drafts = new Map<string, Draft>()
  for (const part of parts) {
    drafts.set(part.numberId, decide(part, loaded.numbers.get(part.numberId) as Loaded, people, deps.ids))
  }
  return { needs, loaded, drafts, contacts: [...people.contactOf.values()], events }
}

function isOrphaned({ drafts }: Decided): boolean {
  return [...drafts.values()].some(({ orphans }) => orphans)
}

/** What the batch speaks of, after the merges that it proves. */
async function loadPeople(
  deps: ThreadProjection,
  sql: Sql,
  workspaceId: string,
  parts: readonly NumberFacts[],
  alone: boolean,
) {
  const needs = gatherNeeds(parts)
  const loaded = await loadState(sql, workspaceId, needs)
  const persons = gatherPersons(parts, loaded.people.contactOf)
  const merges = findMerges(persons)
  const events: string[] = []
  if (merges.length === 0) return { needs, loaded, persons, events }
  if (!alone) throw new MustBeAlone('Contacts have to be merged')
  const why = { cause: 'meta', memberId: null, nowMs: deps.clock.nowMs(), nextId: () => deps.ids.next() } as const
  for (const { contactIds } of merges) {
    events.push(...mergeEvents(await mergeContacts(sql, workspaceId, contactIds, why)).map(storableJson))
  }
  const merged = await loadState(sql, workspaceId, needs)
  return { needs, loaded: merged, persons: gatherPersons(parts, merged.people.contactOf), events }
}

/** Statuses that found no message, not even one of ours that waits for its wamid. A reaction of ours has none. */
function straysOf({ orphans, statuses, messages }: Draft): StatusFact[] {
  if (!orphans) return []
  return [...statuses.values()].filter(
    ({ wamid, callbackData }) => !messages.has(wamid) && callbackData?.startsWith(REACTION_MARK) !== true,
  )
}

async function writePlan(
  deps: ThreadProjection,
  sql: Sql,
  workspaceId: string,
  plan: WritePlan,
  { contacts: drafts, loaded }: { readonly contacts: readonly ContactDraft[]; readonly loaded: LoadedBatch },
): Promise<Written> {
  // Sent together: none of them reads what another one writes.
  const [conversations] = await together(
    writeNew(sql, workspaceId, deps.clock.nowMs(), plan),
    writeStatuses(sql, workspaceId, plan),
    updateMessages(sql, workspaceId, plan.changedMessages),
    writeQuotes(sql, workspaceId, [...plan.newMessages, ...plan.changedMessages]),
    writeFacts(sql, workspaceId, plan),
    markIdentities(sql, workspaceId, plan.markedIdentities),
  )
  const contacts = new Map<string, ContactRow>()
  for (const contact of loaded.people.contacts.values()) contacts.set(contact.id, contact)
  for (const { row } of drafts) contacts.set(row.id, row)
  for (const contact of await refoldContacts(sql, workspaceId, plan.refolds)) contacts.set(contact.id, contact)
  await writeContactChanges(sql, workspaceId, contactChanges(drafts, contacts), deps.clock.nowMs())
  for (const row of await relastConversations(sql, workspaceId, plan.relasts)) conversations.set(row.id, row)
  for (const row of await noteWindowRefusals(sql, workspaceId, plan.refusals)) conversations.set(row.id, row)
  return { conversations, contacts }
}

/** Rows of the list that show a contact who has changed, where no other event of the batch carries them. */
async function describeContacts(
  sql: Sql,
  workspaceId: string,
  drafts: readonly ContactDraft[],
  written: Written,
): Promise<string[]> {
  const changed = changedContacts(drafts, written.contacts)
  const rows: ConversationRow[] = await readConversations(sql, workspaceId, changed)
  return rows
    .filter((row) => !written.conversations.has(row.id))
    .map((row) => {
      const contact = written.contacts.get(row.contactId) as ContactRow
      return storableJson({ type: 'conversation.changed', conversation: conversationView(row, contact) })
    })
}
