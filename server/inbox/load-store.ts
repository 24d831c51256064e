import { type IdentityKey, identityKind, identityValue } from '../contacts/identity-keys.ts'
import type { Sql } from '../platform/db.ts'
import { plainColumn, textColumn } from './columns.ts'
import { emptyLoaded, type Loaded, type LoadedBatch, type StatusFact, type WaitingFacts } from './draft.ts'
import type { Need, Needs } from './gather-needs.ts'
import { contactJson, conversationJson, messageJson, ms } from './row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow, StoredReaction, StoredVersion } from './rows.ts'

/**
 * Everything a batch needs, on all its numbers, in one statement and one round trip.
 *
 * Every branch looks up by the full unique key of its table, one value at a time (`lateral … offset 0`): with
 * `= any($n)` a plan prepared while the tables were empty reads every row of the workspace.
 * A table that has nothing of these numbers is not looked into at all (the gates at the ends of the branches).
 * Contacts and messages are locked until the commit, so that what is decided from them still holds then.
 */
export const LOAD = `
select 1 as part, i.number_id as number, i.keys as key, ${contactJson('c')} as a, (
         select ${conversationJson('v')} from conversation v
          where v.workspace_id = $1 and v.number_id = i.number_id and v.contact_id = c.id) as b
  from (select u.number_id, identity.contact_id, json_agg(u.kind || u.value)::text as keys
          from unnest($3::uuid[], $4::smallint[], $5::text[]) u(number_id, kind, value)
         cross join lateral (
                 select contact_id from identity where workspace_id = $1 and kind = u.kind and value = u.value
                 offset 0) identity
         group by u.number_id, identity.contact_id order by identity.contact_id, u.number_id) i
 cross join lateral (
         select * from contact where workspace_id = $1 and id = i.contact_id offset 0 for no key update) c
union all
select 2, u.number_id, u.wamid, ${messageJson('m')}, null
  from unnest($6::uuid[], $7::text[]) u(number_id, wamid)
 cross join lateral (
         select * from message where workspace_id = $1 and number_id = u.number_id and wamid = u.wamid
         offset 0 for no key update) m
union all
select 3, u.number_id, s.wamid,
       json_build_object('wamid', s.wamid, 'state', s.status, 'atMs', ${ms('s.at')}, 'errors', s.errors), null
  from unnest($8::uuid[], $9::text[]) u(number_id, wamid)
 cross join lateral (
         select * from message_status where workspace_id = $1 and number_id = u.number_id and wamid = u.wamid
         offset 0) s
 where (select exists (select from message_status where workspace_id = $1 and number_id = any($2::uuid[])))
union all
select 4, u.number_id, h.target_wamid,
       json_build_object('kind', h.kind, 'atMs', ${ms('h.at')}, 'wamid', h.change_wamid, 'content', h.content), null
  from unnest($8::uuid[], $9::text[]) u(number_id, wamid)
 cross join lateral (
         select * from message_change where workspace_id = $1 and number_id = u.number_id and target_wamid = u.wamid
         offset 0) h
 where (select exists (select from message_change where workspace_id = $1 and number_id = any($2::uuid[])))
union all
select 5, u.number_id, r.target_wamid,
       json_build_object('by', r.side, 'emoji', r.emoji, 'atMs', ${ms('r.at')}, 'wamid', r.wamid), null
  from unnest($8::uuid[], $9::text[]) u(number_id, wamid)
 cross join lateral (
         select * from reaction where workspace_id = $1 and number_id = u.number_id and target_wamid = u.wamid
         offset 0) r
 where (select exists (select from reaction where workspace_id = $1 and number_id = any($2::uuid[])))
union all
select 6, u.number_id, m.id::text, ${messageJson('m')}, null
  from unnest($10::uuid[], $11::uuid[]) u(number_id, id)
 cross join lateral (
         select * from message where workspace_id = $1 and id = u.id and number_id = u.number_id
            and wamid is null offset 0 for no key update) m
union all
select 7, u.number_id, u.wamid, ${messageJson('m')}, null
  from unnest($12::uuid[], $13::text[]) u(number_id, wamid)
 cross join lateral (
         select * from message where workspace_id = $1 and number_id = u.number_id and wamid = u.wamid offset 0) m
union all
select 8, u.number_id, q.message_id::text, null, null
  from unnest($6::uuid[], $7::text[]) u(number_id, wamid)
 cross join lateral (
         select message_id from message_quote where workspace_id = $1 and number_id = u.number_id
            and quoted_wamid = u.wamid offset 0) q
 where (select exists (select from message_quote where workspace_id = $1 and number_id = any($2::uuid[])))`

/** Messages by id; not prepared either: message can be looked up in several ways. */
const LOAD_ANSWERS = `
select ${messageJson('m')} as row from unnest($2::uuid[]) u(id)
 cross join lateral (select * from message where workspace_id = $1 and id = u.id offset 0) m`

/**
 * The conversations, with their contacts, of messages that are there. Contacts are locked here too. Not a prepared
 * statement: conversation has a second index by workspace, so the plan must be made on what the table is now.
 */
const LOAD_THREADS = `
select ${conversationJson('v')} as a, ${contactJson('c')} as b
  from unnest($2::uuid[]) u(id)
 cross join lateral (select * from conversation where workspace_id = $1 and id = u.id offset 0) v
 cross join lateral (
         select * from contact where workspace_id = $1 and id = v.contact_id offset 0 for no key update) c`

interface LoadRow {
  readonly part: number
  readonly number: string
  readonly key: string
  readonly a: unknown
  readonly b: unknown
}

/** Reads what `needs` names. */
export async function loadState(sql: Sql, workspaceId: string, needs: Needs): Promise<LoadedBatch> {
  const numbers = new Map(needs.numberIds.map((numberId) => [numberId, emptyLoaded()]))
  const loaded: LoadedBatch = { people: { contacts: new Map(), contactOf: new Map() }, numbers }
  const { rows } = await sql.query<LoadRow>({
    name: 'inbox_load',
    text: LOAD,
    values: [
      workspaceId,
      plainColumn(needs.numberIds, (numberId) => numberId),
      ...identityColumns(needs.identities),
      ...keyColumns(needs.wamids),
      ...keyColumns(needs.waiting),
      ...keyColumns(needs.ownIds),
      ...keyColumns(needs.quoted),
    ],
  })
  const answerIds: string[] = []
  for (const row of rows) takeRow(loaded, answerIds, row)
  await loadThreads(sql, workspaceId, loaded)
  await loadAnswers(sql, workspaceId, loaded, answerIds)
  return loaded
}

function identityColumns(needs: readonly Need[]): (string | null)[] {
  return [
    plainColumn(needs, ({ numberId }) => numberId),
    plainColumn(needs, ({ key }) => identityKind(key)),
    textColumn(needs, ({ key }) => identityValue(key)),
  ]
}

function keyColumns(needs: readonly Need[]): (string | null)[] {
  return [plainColumn(needs, ({ numberId }) => numberId), textColumn(needs, ({ key }) => key)]
}

function takeRow({ people, numbers }: LoadedBatch, answerIds: string[], row: LoadRow): void {
  const { part, key, a, b } = row
  const loaded = numbers.get(row.number) as Loaded
  switch (part) {
    case 1: {
      const contact = a as ContactRow
      for (const identity of JSON.parse(key) as IdentityKey[]) people.contactOf.set(identity, contact.id)
      people.contacts.set(contact.id, contact)
      if (b !== null) loaded.conversations.set(contact.id, b as ConversationRow)
      return
    }
    case 2:
      return void loaded.messages.set(key, a as MessageRow)
    case 3:
      return void waitingOf(loaded, key).statuses.push(a as StatusFact)
    case 4: {
      const { kind, ...version } = a as StoredVersion & { kind: 'edit' | 'delete' }
      if (kind === 'edit') waitingOf(loaded, key).edits.push(version)
      else waitingOf(loaded, key).deletes.push(version.atMs ?? 0)
      return
    }
    case 5:
      return void waitingOf(loaded, key).reactions.push(a as StoredReaction)
    case 6:
      return void loaded.own.set(key, a as MessageRow)
    case 7:
      return void loaded.quoted.set(key, a as MessageRow)
    case 8:
      return void answerIds.push(key)
    default:
      throw new Error(`Part ${part} of the loading statement is not known`)
  }
}

function waitingOf(loaded: Loaded, wamid: string): WaitingFacts {
  const known = loaded.waiting.get(wamid)
  if (known !== undefined) return known
  const made: WaitingFacts = { statuses: [], edits: [], deletes: [], reactions: [] }
  loaded.waiting.set(wamid, made)
  return made
}

async function loadThreads(sql: Sql, workspaceId: string, { people, numbers }: LoadedBatch): Promise<void> {
  const wanted = new Set<string>()
  for (const { conversations, messages, own } of numbers.values()) {
    const known = new Set([...conversations.values()].map(({ id }) => id))
    for (const { conversationId } of [...messages.values(), ...own.values()]) {
      if (!known.has(conversationId)) wanted.add(conversationId)
    }
  }
  if (wanted.size === 0) return
  const { rows } = await sql.query<{ a: ConversationRow; b: ContactRow }>({
    text: LOAD_THREADS,
    values: [workspaceId, [...wanted].sort()],
  })
  for (const { a, b } of rows) {
    numbers.get(a.numberId)?.conversations.set(a.contactId, a)
    people.contacts.set(b.id, b)
  }
}

async function loadAnswers(
  sql: Sql,
  workspaceId: string,
  { numbers }: LoadedBatch,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql.query<{ row: MessageRow }>(LOAD_ANSWERS, [workspaceId, ids])
  for (const { row } of rows) numbers.get(row.numberId)?.answers.set(row.id, row)
}
