import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { readWorkspace } from '../platform/db.ts'
import { CONVERSATION_LINES, THREAD_PAGE } from './read-store.ts'

const CONVERSATIONS = 100_000
const MESSAGES_IN_ONE_THREAD = 20_000

let db: TestDatabase
let workspace: TestWorkspace
let longThread: string

beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  longThread = randomUUID()
  const { workspaceId, number } = workspace
  const at = new Date(Date.UTC(2026, 10, 23))
  await db.owner.query(
    `insert into contact (workspace_id, id, phone, created_at)
     select $1, md5('k' || n)::uuid, (966500000000 + n)::text, $2 from generate_series(1, $3::int) n`,
    [workspaceId, at, CONVERSATIONS],
  )
  await db.owner.query(
    `insert into conversation (workspace_id, id, number_id, contact_id, last_at, inbound_count, created_at)
     select $1, md5('v' || n)::uuid, $2, md5('k' || n)::uuid, $3::timestamptz - n * interval '1 second', 1, $3
       from generate_series(1, $4::int) n`,
    [workspaceId, number.id, at, CONVERSATIONS],
  )
  await db.owner.query(
    `insert into message (workspace_id, id, number_id, conversation_id, wamid, author, source, sent_at, content, base_rank, content_rank, created_at)
     select $1, md5('m' || n)::uuid, $2, case when n <= $5 then $3::uuid else md5('v' || n)::uuid end, 'wamid.' || n, 'customer', 'live',
            $4::timestamptz - n * interval '1 second', '{"type":"text","body":"x"}', 2, 10, $4
       from generate_series(1, $6::int) n`,
    [workspaceId, number.id, longThread, at, MESSAGES_IN_ONE_THREAD, 2 * CONVERSATIONS],
  )
  await db.owner.query('analyze contact, conversation, message')
})
afterAll(() => db.close())

const DEEP = new Date(Date.UTC(2026, 10, 23) - 60_000_000)

test.each(['force_custom_plan', 'force_generic_plan'])(
  'a page of the list, at the top and far down, walks its index and reads no more than the page: %s',
  async (mode) => {
    for (const from of ['infinity', DEEP]) {
      const plan = await explain(mode, CONVERSATION_LINES, [
        workspace.workspaceId,
        workspace.noura.id,
        from,
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        101,
      ])
      expect(plan.nodes).toContain('Index Scan using conversation_list')
      expect(plan.nodes.filter((node) => node.startsWith('Seq Scan'))).toEqual([])
      expect(plan.rowsRead).toBeLessThan(1_000)
    }
  },
)

test.each(['force_custom_plan', 'force_generic_plan'])(
  'a page of a long thread walks its index and reads no more than the page: %s',
  async (mode) => {
    for (const from of ['infinity', new Date(Date.UTC(2026, 10, 23) - 10_000_000)]) {
      const plan = await explain(mode, THREAD_PAGE, [workspace.workspaceId, longThread, from, null, randomUUID(), 51])
      expect(plan.nodes).toContain('Index Scan using message_thread')
      expect(plan.nodes.filter((node) => node.startsWith('Seq Scan'))).toEqual([])
      expect(plan.rowsRead).toBeLessThan(500)
    }
  },
)

interface Plan {
  /** Every node of the plan, with the index it uses. */
  readonly nodes: readonly string[]
  /** Rows that the scans of tables gave or threw away. */
  readonly rowsRead: number
}

/** Runs the statement as the server would, under row-level security, and tells how. */
async function explain(mode: string, text: string, values: unknown[]): Promise<Plan> {
  const { rows } = await readWorkspace(db.database, workspace.workspaceId, async (sql) => {
    await sql.query(`set local plan_cache_mode = ${mode}`)
    return sql.query(`explain (analyze, format json) ${text}`, values)
  })
  const nodes: string[] = []
  let rowsRead = 0
  const walk = (node: PlanNode) => {
    const index = node['Index Name'] === undefined ? '' : ` using ${node['Index Name']}`
    nodes.push(`${node['Node Type']}${index}`)
    if (node['Node Type'].endsWith('Scan') && node['Relation Name'] !== undefined) {
      const thrownAway = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
      rowsRead += (node['Actual Rows'] + thrownAway) * node['Actual Loops']
    }
    for (const child of node.Plans ?? []) walk(child)
  }
  walk(rows[0]['QUERY PLAN'][0].Plan)
  return { nodes, rowsRead }
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}
