import { Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { systemClock } from './clock.ts'
import { APP_ROLE, type Sql } from './db.ts'

/**
 * Jobs that run at once in this process. Most of them wait for Meta, which takes a tenth of a second and more, and hold no
 * connection meanwhile: so many let 125 messages a second go out when Meta takes 150 ms. More would crowd everybody else out
 * of the connections when they come back together.
 */
const CONCURRENT_JOBS = 20
/** How often the queue is looked at when no notification comes. */
const POLL_INTERVAL_MS = 2_000
/** A job that throws is run again after e^attempt seconds, this many times in all. */
const ATTEMPTS_MAX = 12
/** Key of the advisory lock every process with workers holds, shared. */
const WORKERS_LOCK = 0x3a51_0b5

/**
 * Where a job goes. Jobs of one `queue` run one after another. `key`: at most one such job waits; one more only keeps it
 * (`preserve`, without hastening it) or takes its place (`replace`).
 */
export interface JobPlace {
  readonly queue?: string
  readonly key?: string
  readonly keyMode?: 'preserve' | 'replace'
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number
  readonly attemptsMax?: number
}

/** Hands a job to the queue within the transaction `sql`: it exists when that commits, and only then. */
export async function addJob(sql: Sql, task: string, payload: object, place: JobPlace = {}): Promise<void> {
  // The queue compares with the database's clock, which no simulator moves.
  const runAt = place.delayMs === undefined ? null : new Date(systemClock.nowMs() + place.delayMs)
  await sql.query({
    name: 'job_add',
    text: 'select wasl_add_job($1, $2, $3, $4, $5, $6, $7)',
    values: [
      task,
      JSON.stringify(payload),
      place.queue ?? null,
      runAt,
      place.attemptsMax ?? ATTEMPTS_MAX,
      place.key ?? null,
      place.keyMode === 'preserve' ? 'preserve_run_at' : 'replace',
    ],
  })
}

/**
 * Creates or brings up to date the tables of the queue, as the owner of the database. Wasl's own role owns nothing and
 * may only add jobs, through one function.
 */
export async function installJobs(owner: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: owner, logger: silent })
  await owner.query(ADD_JOB)
}

const ADD_JOB = `
create or replace function public.wasl_add_job(
  task text, payload json, queue text, run_at timestamptz, attempts_max integer, key text, key_mode text
) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(
    identifier => task, payload => payload, queue_name => queue, run_at => run_at,
    max_attempts => attempts_max, job_key => key, job_key_mode => key_mode)
$$;
revoke all on function public.wasl_add_job(text, json, text, timestamptz, integer, text, text) from public;
grant execute on function public.wasl_add_job(text, json, text, timestamptz, integer, text, text) to ${APP_ROLE};
`

export interface JobContext {
  /** 1 for the first run. */
  readonly attempt: number
  readonly isLastAttempt: boolean
}

export type JobHandler = (payload: unknown, context: JobContext) => Promise<void>

export interface Workers {
  /** Waits for the jobs that run, and takes no more. */
  stop(): Promise<void>
}

/**
 * Starts this process's workers. `owner` connects as the owner of the queue's tables; the handlers use Wasl's own role.
 * `onAlone` runs first when no other process has workers: whatever a dead one left locked is then free again.
 */
export async function startWorkers(options: {
  owner: pg.Pool
  handlers: Readonly<Record<string, JobHandler>>
  /** Jobs the queue adds by itself: `match` is a crontab's five fields, in UTC. */
  cron: readonly { readonly task: string; readonly match: string }[]
  onAlone: () => Promise<void>
  onError: (error: unknown, what: string) => void
}): Promise<Workers> {
  options.owner.on('error', (error) => options.onError(error, 'connection of the workers'))
  options.owner.on('connect', (client) =>
    client.on('error', (error) => options.onError(error, 'connection of the workers')),
  )
  const guard = await options.owner.connect()
  try {
    if (await isAlone(guard)) {
      await releaseLeftJobs(guard)
      await options.onAlone()
    }
    await guard.query('select pg_advisory_lock_shared($1)', [WORKERS_LOCK])
    await guard.query('select pg_advisory_unlock($1)', [WORKERS_LOCK])
    const runner = await run({
      pgPool: options.owner,
      concurrency: CONCURRENT_JOBS,
      pollInterval: POLL_INTERVAL_MS,
      noHandleSignals: true,
      logger: silent,
      taskList: taskList(options.handlers),
      parsedCronItems: parseCronItems(options.cron.map((item) => ({ ...item, options: { backfillPeriod: 0 } }))),
    })
    runner.events.on('job:error', ({ job, error }) => options.onError(error, `job ${job.task_identifier}`))
    runner.events.on('worker:fatalError', ({ error }) => options.onError(error, 'worker'))
    return {
      async stop() {
        await runner.stop()
        await leave(guard)
      },
    }
  } catch (error) {
    guard.release(true)
    throw error
  }
}

async function isAlone(guard: pg.PoolClient): Promise<boolean> {
  const answer = await guard.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [WORKERS_LOCK])
  return answer.rows[0]?.alone === true
}

/**
 * Gives the lock back before the connection goes: the database may take a while to see that it is gone, and who starts at
 * once would not think itself alone.
 */
async function leave(guard: pg.PoolClient): Promise<void> {
  // When the database is away, the lock is too.
  await guard.query('select pg_advisory_unlock_shared($1)', [WORKERS_LOCK]).catch(() => {})
  guard.release(true)
}

/** A dead process keeps its jobs locked for hours; when we are alone, all that is locked belongs to the dead. */
async function releaseLeftJobs(guard: pg.PoolClient): Promise<void> {
  await guard.query(
    `select graphile_worker.force_unlock_workers(array(
       select locked_by from graphile_worker._private_jobs where locked_by is not null
       union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`,
  )
}

function taskList(handlers: Readonly<Record<string, JobHandler>>): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([task, handler]) => [
      task,
      async (payload, helpers) => {
        const { attempts, max_attempts: attemptsMax } = helpers.job
        await handler(payload, { attempt: attempts, isLastAttempt: attempts >= attemptsMax })
      },
    ]),
  )
}

/** Failures come out as events; the queue's own lines would say them twice. */
const silent = new Logger(() => () => undefined)
