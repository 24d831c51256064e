import { type Database, readWorkspace, type Sql } from '../platform/db.ts'
import { canonicalJson } from './canonical-json.ts'
import { foldWaiting } from './decide.ts'
import type { WaitingFacts } from './draft.ts'
import { foldPayments } from './fold-payment.ts'
import { type Fault, findFaults, readBilling, readFactedMessages, readLastLines } from './integrity-store.ts'
import type { MessageRow } from './rows.ts'
import { lastMessageView } from './view.ts'

/** Rows read at once. */
const PAGE_ROWS = 2_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Proves for one workspace what the database does not enforce: nothing hangs in the air, counts and last lines are
 * those of the messages, the feed has no hole, and every message is what its facts make it. Gives the faults; none is
 * the good answer. Reads one consistent snapshot and writes nothing.
 */
export function checkIntegrity(database: Database, workspaceId: string): Promise<Fault[]> {
  return readWorkspace(database, workspaceId, async (sql) => [
    ...(await findFaults(sql, workspaceId)),
    ...(await checkPages('messages that are not what their facts make them', (after) =>
      unfolded(sql, workspaceId, after),
    )),
    ...(await checkPages('messages whose payment is not what was said of it', (after) =>
      wrongPayments(sql, workspaceId, after),
    )),
    ...(await checkPages('last lines that are not what their message shows', (after) =>
      wrongLines(sql, workspaceId, after),
    )),
  ])
}

interface Page {
  readonly wrong: readonly string[]
  /** Where the next page begins; `null` after the last one. */
  readonly next: string | null
}

async function checkPages(what: string, read: (afterId: string) => Promise<Page>): Promise<Fault[]> {
  const wrong: string[] = []
  let after: string | null = FIRST_ID
  while (after !== null) {
    const page: Page = await read(after)
    wrong.push(...page.wrong)
    after = page.next
  }
  return wrong.length === 0 ? [] : [{ what, count: wrong.length, samples: wrong.slice(0, 5) }]
}

async function unfolded(sql: Sql, workspaceId: string, after: string): Promise<Page> {
  const rows = await readFactedMessages(sql, workspaceId, after, PAGE_ROWS)
  const wrong = rows.filter(({ row, facts }) => !isFolded(row, facts)).map(({ row }) => row.id)
  return { wrong, next: rows.length < PAGE_ROWS ? null : (rows.at(-1)?.row.id ?? null) }
}

/** Folding the facts in once more must change nothing, and nothing may be there that no fact has put there. */
function isFolded(row: MessageRow, facts: WaitingFacts): boolean {
  if (foldWaiting(row, facts) !== row) return false
  const edits = (row.versions ?? []).slice(1).map(({ wamid }) => wamid)
  if (!edits.every((wamid) => facts.edits.some((edit) => edit.wamid === wamid))) return false
  if (row.deletedAtMs !== null && !facts.deletes.includes(row.deletedAtMs)) return false
  const last = row.versions?.at(-1)
  if (last !== undefined && canonicalJson(last.content) !== canonicalJson(row.content)) return false
  return (row.reactions ?? []).every(({ wamid }) => facts.reactions.some((reaction) => reaction.wamid === wamid))
}

async function wrongPayments(sql: Sql, workspaceId: string, after: string): Promise<Page> {
  const rows = await readBilling(sql, workspaceId, after, PAGE_ROWS)
  const wrong = rows
    .filter(({ payment, told }) => canonicalJson(payment) !== canonicalJson(foldPayments(told)))
    .map(({ id }) => id)
  return { wrong, next: rows.length < PAGE_ROWS ? null : (rows.at(-1)?.id ?? null) }
}

async function wrongLines(sql: Sql, workspaceId: string, after: string): Promise<Page> {
  const rows = await readLastLines(sql, workspaceId, after, PAGE_ROWS)
  const wrong = rows
    .filter(({ conversation, newest }) => canonicalJson(conversation.last) !== canonicalJson(lastMessageView(newest)))
    .map(({ conversation }) => conversation.id)
  return { wrong, next: rows.length < PAGE_ROWS ? null : (rows.at(-1)?.conversation.id ?? null) }
}
