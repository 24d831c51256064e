import type { BusinessNumber } from '../contract/number.ts'
import type { ApiDeps } from './api.ts'
import { careJobs, sweepCare } from './care/care.job.ts'
import { callWebhook } from './connecting/webhook-client.ts'
import { isCostStopped } from './costs/claim-cost.ts'
import { COST_CRONS, costJobs } from './costs/count-costs.job.ts'
import { GAP_CRONS, gapJobs } from './gaps/gaps.job.ts'
import { sendMail } from './mail/client.ts'
import { passwordSeal } from './mail/password-seal.ts'
import { MAIL_JOB, queueMail, sendMailJob, tellByMail } from './mail/send-mail.job.ts'
import { fetchMediaJob } from './media/fetch-media.job.ts'
import { hasDueFetch } from './media/media-fetch-store.ts'
import { FETCH_JOB } from './media/start-fetching.ts'
import { dropExpiredUploads } from './media/take-upload.ts'
import { checkJobs } from './numbers/check-number.job.ts'
import { readAccess, readNumber } from './numbers/number-store.ts'
import { type TokenSeal, tokenSeal } from './numbers/token-seal.ts'
import { watchNumbers } from './numbers/watch-numbers.ts'
import { expireSends } from './outbound/cancel-send.ts'
import { noteRefusalJob } from './outbound/note-refusal.job.ts'
import { NOTE_REFUSAL_JOB } from './outbound/note-refusal.ts'
import { endLeases } from './outbound/pace-store.ts'
import { resumeSends } from './outbound/resume-sends.ts'
import { takeMessage } from './outbound/send-message.ts'
import { settleLostSends } from './outbound/settle-send.ts'
import { signalJobs } from './outbound/tell-customer.job.ts'
import { type Database, inWorkspace, outsideWorkspaces, readWorkspace } from './platform/db.ts'
import type { JobHandler } from './platform/jobs.ts'
import { requestSyncJob } from './sync/request-sync.job.ts'
import { type RequestSyncDeps, SYNC_JOB } from './sync/request-sync.ts'
import { watchSyncs } from './sync/watch-syncs.ts'
import { queueSyncs, syncTemplatesJob } from './templates/sync-templates.job.ts'
import { TEMPLATES_JOB } from './templates/sync-templates.ts'

/** A call that was made longer ago than this has no answer any more: it has a time-out of its own. */
const LOST_SEND_AFTER_MS = 2 * 60 * 1000

/** A message that has waited this long is looked at again. */
const RESUME_AFTER_MS = 60 * 1000

/** The year 9999, the latest that both JavaScript and PostgreSQL write in four digits. */
const END_OF_TIME_MS = Date.UTC(9999, 0, 1)

export type JobDeps = Pick<
  ApiDeps,
  | 'database'
  | 'clock'
  | 'ids'
  | 'hub'
  | 'graph'
  | 'app'
  | 'sealer'
  | 'files'
  | 'fetching'
  | 'sending'
  | 'onError'
  | 'connecting'
  | 'simulatorUrl'
>

/** What this process's workers do, by name of the job. */
export function apiJobs(deps: JobDeps): Readonly<Record<string, JobHandler>> {
  const { database, clock, graph } = deps
  const { publish } = deps.hub
  const tokens = tokenSeal(deps.sealer)
  return {
    [NOTE_REFUSAL_JOB]: noteRefusalJob({ database }),
    [SYNC_JOB]: requestSyncJob(syncDeps(deps, tokens)),
    ...checkJobs({ database, clock, publish, graph, tokens }),
    [TEMPLATES_JOB]: syncTemplatesJob({ ...deps, openToken: tokens.open }),
    [MAIL_JOB]: sendMailJob({ database, clock, send: sendMail, ...passwordSeal(deps.sealer) }),
    [FETCH_JOB]: fetchMediaJob({
      ...{ database, clock, ids: deps.ids, publish, graph, openToken: tokens.open, onError: deps.onError },
      ...{ ...deps.files, signal: deps.fetching.signal },
    }),
    ...signalJobs({ database, clock, ask: graph.ask, openToken: tokens.open }),
    ...careJobs({ ...deps, openToken: tokens.open }),
    sweep: () => sweep(deps),
    ...gapJobs({
      ...{ database, clock, ids: deps.ids, publish, workspaceIds, graph, appId: deps.app.appId },
      openAccess: openAccess(deps, tokens),
      takeMessage: (sql, request) => takeMessage({ ...deps, isCostStopped }, sql, request),
    }),
    ...costJobs({ database, clock, ids: deps.ids, tellByMail, workspaceIds }),
  }
}

/** Each minute: sends whose answer is overdue or whose job was lost, what time makes of syncs and numbers, files that are due. */
const SWEEP_CRON = { task: 'sweep', match: '* * * * *' } as const
export const API_CRONS = [SWEEP_CRON, ...GAP_CRONS, ...COST_CRONS]

async function sweep(deps: JobDeps): Promise<void> {
  const nowMs = deps.clock.nowMs()
  await settleSendsOf(deps, nowMs - LOST_SEND_AFTER_MS)
  for (const workspaceId of await workspaceIds(deps.database)) {
    const steps = {
      'late sends': () => expireSends({ ...deps, publish: deps.hub.publish }, workspaceId),
      'waiting sends': () =>
        resumeSends({ ...deps, ...deps.sending }, workspaceId, { nowMs, beforeMs: nowMs - RESUME_AFTER_MS }),
      syncs: () => watchSyncs(syncDeps(deps, tokenSeal(deps.sealer)), workspaceId),
      numbers: () => watchNumbers({ ...deps, publish: deps.hub.publish }, workspaceId),
      care: () => sweepCare({ ...deps, queueMail, ...probing(deps) }, workspaceId),
      templates: () => queueSyncs(deps.database, workspaceId, nowMs),
      uploads: () => dropExpiredUploads({ ...deps, ...deps.files }, workspaceId),
      files: () => wakeFetches(deps, workspaceId),
    }
    // What fails every minute in one of them must not keep the others from their work.
    for (const [what, step] of Object.entries(steps)) {
      await step().catch((error: unknown) => deps.onError(error, `sweep: ${what}`))
    }
  }
}

/** How our own webhook is called as Meta does; the simulator needs no HTTPS for it. */
function probing({ connecting: { deliveryUrl, verifyToken }, simulatorUrl }: JobDeps) {
  return {
    deliveryUrl,
    callWebhook: async () => {
      const reached = await callWebhook(deliveryUrl(), verifyToken, { plain: simulatorUrl !== null })
      return reached === 'not_https' || reached === 'no_address' ? 'unknown' : reached
    },
  }
}

/**
 * At the start, when no other process runs: whatever was being sent then has lost its caller. Meta's statuses, which
 * carry our id, settle what did go out; the numbers that a dead process held are free soon.
 */
export async function recoverSends(deps: SettleDeps): Promise<void> {
  await settleSendsOf(deps, END_OF_TIME_MS)
  for (const workspaceId of await workspaceIds(deps.database)) {
    await inWorkspace(deps.database, workspaceId, (sql) => endLeases(sql, workspaceId, null))
  }
}

/** When a process begins to send: what waits is not left until the sweep, whoever took it. */
export async function startSends(
  deps: Pick<JobDeps, 'database' | 'clock' | 'sending'>,
  databaseUrl: string,
): Promise<void> {
  await deps.sending.start(databaseUrl)
  const nowMs = deps.clock.nowMs()
  for (const workspaceId of await workspaceIds(deps.database)) {
    await resumeSends({ ...deps, ...deps.sending }, workspaceId, { nowMs, beforeMs: nowMs + 1 })
  }
}

type SettleDeps = Pick<JobDeps, 'database' | 'clock' | 'hub'>

async function settleSendsOf(deps: SettleDeps, beforeMs: number): Promise<void> {
  const { database, clock } = deps
  for (const workspaceId of await workspaceIds(database)) {
    await settleLostSends({ database, clock, publish: deps.hub.publish }, workspaceId, beforeMs)
  }
}

async function wakeFetches({ database, clock, fetching }: JobDeps, workspaceId: string): Promise<void> {
  const nowMs = clock.nowMs()
  if (await readWorkspace(database, workspaceId, (sql) => hasDueFetch(sql, workspaceId, nowMs)))
    fetching.wake(workspaceId)
}

async function workspaceIds(database: Database): Promise<string[]> {
  const { rows } = await outsideWorkspaces(database, (sql) => sql.query<{ id: string }>('select id from workspace'))
  return rows.map((row) => row.id)
}

function syncDeps(deps: JobDeps, tokens: TokenSeal): RequestSyncDeps {
  const { database, clock, graph } = deps
  return {
    database,
    clock,
    publish: deps.hub.publish,
    graph,
    readNumber: (sql, workspaceId, numberId): Promise<BusinessNumber | null> => readNumber(sql, workspaceId, numberId),
    openAccess: openAccess(deps, tokens),
  }
}

/** Meta's ids of a number and its token; `null` when it has none. */
function openAccess({ database }: Pick<JobDeps, 'database'>, tokens: TokenSeal) {
  return async (workspaceId: string, numberId: string) => {
    const access = await readWorkspace(database, workspaceId, (sql) => readAccess(sql, workspaceId, numberId))
    if (access === null) return null
    const { phoneNumberId, wabaId, sealedToken } = access
    return { phoneNumberId, wabaId, token: tokens.open(workspaceId, numberId, sealedToken) }
  }
}
