import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { customer, message, ORIGIN, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { LOAD } from './load-store.ts'
import { lockProjection } from './projection-lock-store.ts'
import { WRITE_STATUSES } from './status-store.ts'
import { UPDATE_MESSAGES } from './update-store.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** Every look-up of a batch, by the last column of the key it must go by. */
const KEYS = [
  'value = u.value',
  'id = identity.contact_id',
  'contact_id = c.id',
  'wamid = u',
  'target_wamid = u',
  'quoted_wamid = u',
]

/** Prepares a statement for good on the empty tables, and gives its plan. */
async function genericPlan(text: string, types: readonly string[]): Promise<string[]> {
  const { workspaceId } = await createTestWorkspace(db)
  const sql = await db.database.pool.connect()
  try {
    await lockProjection(sql, workspaceId, 'shared')
    await sql.query("select set_config('plan_cache_mode', 'force_generic_plan', true)")
    await sql.query(`prepare tested (${types.join(', ')}) as ${text}`)
    const values = types.map((type) => (type === 'uuid' ? `'${workspaceId}'` : `'{}'`))
    const { rows } = await sql.query(`explain (costs off) execute tested (${values.join(', ')})`)
    return rows.map((row) => row['QUERY PLAN'] as string)
  } finally {
    await sql.query('rollback')
    sql.release(true)
  }
}

test('a plan made on empty tables looks up by the full key, and never by the workspace alone', async () => {
  const identities = ['uuid[]', 'smallint[]', 'text[]']
  const keys = ['uuid[]', 'text[]']
  const plan = await genericPlan(LOAD, [
    ...['uuid', 'uuid[]', ...identities, ...keys, ...keys],
    ...['uuid[]', 'uuid[]', ...keys],
  ])
  const conditions = plan.filter((line) => line.includes('Index Cond:'))
  expect(plan.filter((line) => line.includes('Seq Scan'))).toEqual([])
  // The gates ask whether the numbers have any row at all; they may go by less than the full key.
  const partial = conditions.filter((line) => !/AND \((id|value|contact_id|(target_|quoted_)?wamid) = /.test(line))
  expect(new Set(partial.map((line) => line.trim()))).toEqual(
    new Set(['Index Cond: ((workspace_id = $1) AND (number_id = ANY ($2)))']),
  )
  for (const key of KEYS)
    expect(
      conditions.some((line) => line.includes(key)),
      key,
    ).toBe(true)
})

test.each([
  ['whole', UPDATE_MESSAGES, 19],
  ['by its delivery', WRITE_STATUSES, 13],
])(
  'a message is changed by its own key, whatever the table was when the plan was made: %s',
  async (_, text, columns) => {
    const plan = await genericPlan(text, ['uuid', ...columnTypes(text, columns)])
    expect(plan.map((line) => line.trim())).toContain('Conflict Arbiter Indexes: message_pkey')
    expect(plan.filter((line) => /Scan.* on message/.test(line))).toEqual([])
  },
)

/** The types of a statement's columns, `$2` and what follows. */
function columnTypes(text: string, columns: number): string[] {
  return Array.from({ length: columns }, (_, at) => new RegExp(`\\$${at + 2}::([a-z0-9]+\\[\\])`).exec(text)?.[1] ?? '')
}

test('the same wamid and customer in two workspaces stay apart', async () => {
  const [one, other] = [await createTestWorkspace(db), await createTestWorkspace(db)]
  const deps = testProjection(db)
  for (const place of [one, other]) {
    await project(deps, place, [
      message({ wamid: 'wamid.same', origin: ORIGIN, customer: customer({ phone: '966551112222' }) }),
    ])
  }
  const { rows } = await db.owner.query('select workspace_id, count(*)::int as count from message group by 1')
  expect(rows.map(({ count }) => count)).toEqual([1, 1])
})
