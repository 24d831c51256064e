import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { inWorkspace } from './db.ts'
import { addJob, type JobContext, type JobHandler, type JobPlace, startWorkers, type Workers } from './jobs.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'

let db: TestDatabase
const pools: pg.Pool[] = []
const running: Workers[] = []

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const workers of running.splice(0)) await workers.stop()
  for (const pool of pools.splice(0)) await pool.end()
  await db.owner.query('delete from graphile_worker._private_jobs')
})

test('a job exists when its transaction commits, and only then', async () => {
  const failed = inWorkspace(db.database, NOBODY, async (sql) => {
    await addJob(sql, 'a', { n: 1 })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect(await waiting()).toEqual([])
  await add('a', { n: 2 })
  expect(await waiting()).toMatchObject([{ task_identifier: 'a' }])
})

test('of several with one key one remains; one more does not hasten it, or takes its place', async () => {
  await add('a', { n: 1 }, { key: 'k', delayMs: 3_600_000 })
  await add('a', { n: 2 }, { key: 'k', keyMode: 'preserve' })
  expect(await waiting()).toMatchObject([{ later: true }])
  await add('a', { n: 3 }, { key: 'k' })
  expect(await waiting()).toMatchObject([{ later: false }])
})

test('the working role may add a job, and look at none', async () => {
  await expect(db.database.pool.query('select * from graphile_worker._private_jobs')).rejects.toThrow(
    'permission denied',
  )
})

test('jobs run with their payload; one that throws is told and run again', async () => {
  const seen: [unknown, JobContext][] = []
  const errors: unknown[] = []
  await new Promise<void>((resolve, reject) => {
    const handlers: Record<string, JobHandler> = {
      again: async (payload, context) => {
        seen.push([payload, context])
        if (context.attempt === 1) throw new Error('the first time')
        resolve()
      },
    }
    start(handlers, (error) => errors.push(error)).then(() => add('again', { n: 1 }), reject)
  })
  expect(seen).toEqual([
    [{ n: 1 }, { attempt: 1, isLastAttempt: false }],
    [{ n: 1 }, { attempt: 2, isLastAttempt: false }],
  ])
  expect(errors).toMatchObject([{ message: 'the first time' }])
})

test('only a process that is alone takes up what others left', async () => {
  const alone: string[] = []
  await start(
    {},
    () => {},
    async () => void alone.push('first'),
  )
  await start(
    {},
    () => {},
    async () => void alone.push('second'),
  )
  expect(alone).toEqual(['first'])
  for (const workers of running.splice(0)) await workers.stop()
  await start(
    {},
    () => {},
    async () => void alone.push('third'),
  )
  expect(alone).toEqual(['first', 'third'])
})

async function start(
  handlers: Record<string, JobHandler>,
  onError: (error: unknown) => void,
  onAlone: () => Promise<void> = async () => {},
): Promise<void> {
  const owner = new pg.Pool({ connectionString: db.url, max: 4 })
  pools.push(owner)
  running.push(
    await startWorkers({ owner, handlers: { none: async () => {}, ...handlers }, cron: [], onAlone, onError }),
  )
}

function add(task: string, payload: object, place: JobPlace = {}): Promise<void> {
  return inWorkspace(db.database, NOBODY, (sql) => addJob(sql, task, payload, place))
}

async function waiting() {
  const { rows } = await db.owner.query(
    "select task_identifier, run_at > now() + interval '1 minute' as later from graphile_worker.jobs order by id",
  )
  return rows
}
