import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { openDatabase } from '../platform/db.ts'
import { identifyMembers } from './resolve-member.ts'
import { memberCookie } from './session-cookie.ts'

let db: TestDatabase
let place: TestWorkspace
beforeAll(async () => {
  db = await createTestDatabase()
  place = await createTestWorkspace(db)
})
afterAll(() => db.close())

const cookieOf = (memberId: string) => memberCookie(memberId).split(';')[0] as string

test('the cookie names the member, no cookie the owner, and a stranger nobody', async () => {
  const identify = identifyMembers(db.database, place.workspaceId)
  expect((await identify(undefined))?.member).toEqual(place.noura)
  expect((await identify(cookieOf(place.salem.id)))?.member).toEqual(place.salem)
  expect(await identify(cookieOf(randomUUID()))).toBeNull()
})

test('who has just come is known at once', async () => {
  const identify = identifyMembers(db.database, place.workspaceId)
  await identify(undefined)
  const huda = { id: randomUUID(), name: 'Huda Saleh', role: 'agent' }
  await db.owner.query('insert into member values ($1, $2, $3, $4, now())', [
    place.workspaceId,
    huda.id,
    huda.name,
    huda.role,
  ])
  expect((await identify(cookieOf(huda.id)))?.member).toEqual(huda)
})

test('requests at the same time ask once, and a failure is not kept', async () => {
  const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', max: 1, onError: () => {} })
  const identify = identifyMembers(database, place.workspaceId)
  const failures = await Promise.allSettled([identify(undefined), identify(undefined)])
  expect(new Set(failures.map((each) => each.status === 'rejected' && each.reason)).size).toBe(1)
  const later = await identify(undefined).catch((error: unknown) => error)
  expect(later).not.toBe((failures[0] as PromiseRejectedResult).reason)
  await database.close()
})
