import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { readFixture } from '../../test/support/fixtures.ts'
import { startTestIntake, type TestIntake } from '../../test/support/webhooks.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { readNumber } from '../numbers/number-store.ts'
import { inWorkspace } from '../platform/db.ts'

let db: TestDatabase
let intake: TestIntake

beforeAll(async () => {
  db = await createTestDatabase()
  intake = await startTestIntake(db)
})
afterAll(async () => {
  await intake.stop()
  expect(intake.failures).toEqual([])
  await db.close()
})

test.each(['declined', 'declined_bare'])(
  'history that is not shared, told as in %s, is declined and live',
  async (name) => {
    const place = await createTestWorkspace(db)
    const { workspaceId, number } = place
    await db.owner.query("update business_number set state = 'syncing' where id = $1", [number.id])
    await db.owner.query(
      "insert into sync (workspace_id, number_id, kind, state, request_id) values ($1, $2, 'history', 'silent', 'AbC')",
      [workspaceId, number.id],
    )
    const text = JSON.stringify(readFixture(`cloud-api/history/${name}.json`))
    const told = text.replace(/"phone_number_id":"\d+"/g, `"phone_number_id":"${number.phoneNumberId}"`)
    expect(told).not.toBe(text)
    expect(await intake.post(told)).toBe(200)
    await intake.settled()
    const after = await inWorkspace(db.database, workspaceId, (sql) => readNumber(sql, workspaceId, number.id))
    expect(after).toMatchObject({ state: 'live', syncs: [{ state: 'declined', requestId: 'AbC', received: 0 }] })
  },
)
