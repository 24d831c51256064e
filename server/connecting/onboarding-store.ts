import type {
  CandidateNumber,
  ConnectStep,
  ConnectWay,
  ConsentView,
  OnboardingView,
  StepError,
} from '../../contract/api/connecting.ts'
import type { Sql } from '../platform/db.ts'
import { type StepRow, stepViews } from './steps.ts'

export interface Onboarding {
  readonly id: string
  readonly way: ConnectWay
  readonly state: 'open' | 'done' | 'ended'
  readonly numberId: string | null
  readonly wabaId: string | null
  readonly phoneNumberId: string | null
  readonly sealedToken: Buffer | null
  readonly tokenExpiresAtMs: number | null
  readonly signedUpAtMs: number | null
  readonly startedAtMs: number
  readonly steps: readonly StepRow[]
  readonly numbers: readonly CandidateNumber[]
}

/** One onboarding whole; `null` when the workspace has no such. Without an id, the one that is open. */
export async function readOnboarding(sql: Sql, workspaceId: string, id: string | null): Promise<Onboarding | null> {
  const { rows } = await sql.query<Omit<Onboarding, 'steps' | 'numbers'>>(
    `select id, way, state, number_id as "numberId", waba_id as "wabaId", phone_number_id as "phoneNumberId",
            sealed_token as "sealedToken", (extract(epoch from token_expires_at) * 1000)::float8 as "tokenExpiresAtMs",
            (extract(epoch from signed_up_at) * 1000)::float8 as "signedUpAtMs",
            (extract(epoch from started_at) * 1000)::float8 as "startedAtMs"
       from onboarding where workspace_id = $1 and case when $2::uuid is null then state = 'open' else id = $2 end`,
    [workspaceId, id],
  )
  const row = rows[0]
  if (row === undefined) return null
  const steps = await sql.query<StepRow>(
    `select step, state, attempts, error, (extract(epoch from at) * 1000)::float8 as "atMs"
       from onboarding_step where workspace_id = $1 and onboarding_id = $2`,
    [workspaceId, row.id],
  )
  return { ...row, steps: steps.rows, numbers: await readCandidates(sql, workspaceId, row.id) }
}

async function readCandidates(sql: Sql, workspaceId: string, onboardingId: string): Promise<CandidateNumber[]> {
  const { rows } = await sql.query<CandidateNumber>(
    `select phone_number_id as "phoneNumberId", waba_id as "wabaId", display_phone as "displayPhone",
            verified_name as "verifiedName", on_phone as "onPhone", in_api as "inApi", chosen, number_id as "numberId"
       from onboarding_number where workspace_id = $1 and onboarding_id = $2 order by waba_id, display_phone`,
    [workspaceId, onboardingId],
  )
  return rows
}

/** The same as readers see it: without the token, with the consents. */
export async function viewOnboarding(
  sql: Sql,
  workspaceId: string,
  onboarding: Onboarding,
  nowMs: number,
): Promise<OnboardingView> {
  const { id, way, state, numberId, startedAtMs, numbers } = onboarding
  const consents = await readConsents(sql, workspaceId, id)
  return { id, way, state, numberId, startedAtMs, numbers, consents, steps: stepViews(way, onboarding.steps, nowMs) }
}

/** The latest consent to each subject. */
export async function readConsents(sql: Sql, workspaceId: string, onboardingId: string): Promise<ConsentView[]> {
  const { rows } = await sql.query<ConsentView>(
    `select distinct on (subject) subject, granted, text_version as "textVersion", language, m.name as "memberName",
            (extract(epoch from given_at) * 1000)::float8 as "givenAtMs"
       from consent c join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
      where c.workspace_id = $1 and onboarding_id = $2 order by subject, given_at desc, c.id desc`,
    [workspaceId, onboardingId],
  )
  return rows
}

export async function insertOnboarding(
  sql: Sql,
  workspaceId: string,
  onboarding: { readonly id: string; readonly way: ConnectWay; readonly numberId: string | null },
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into onboarding (workspace_id, id, way, number_id, state, member_id, started_at)
     values ($1, $2, $3, $4, 'open', $5, $6)`,
    [workspaceId, onboarding.id, onboarding.way, onboarding.numberId, by.memberId, by.now],
  )
}

/** Ends the open onboarding with that id (whichever is open without one); its token goes. `false`: none was open. */
export async function closeOnboarding(
  sql: Sql,
  workspaceId: string,
  id: string | null,
  end: { readonly state: 'done' | 'ended'; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update onboarding set state = $3, ended_at = $4, sealed_token = null
      where workspace_id = $1 and ($2::uuid is null or id = $2) and state = 'open'`,
    [workspaceId, id, end.state, end.now],
  )
  return rowCount !== 0
}

/** What the popup named, or a person typed in. */
export async function putSignup(
  sql: Sql,
  workspaceId: string,
  id: string,
  signup: { readonly wabaId: string | null; readonly phoneNumberId: string | null; readonly now: Date },
): Promise<void> {
  await sql.query(
    `update onboarding set waba_id = coalesce($3, waba_id), phone_number_id = coalesce($4, phone_number_id),
       signed_up_at = $5 where workspace_id = $1 and id = $2`,
    [workspaceId, id, signup.wabaId, signup.phoneNumberId, signup.now],
  )
}

export async function putToken(sql: Sql, workspaceId: string, id: string, sealedToken: Buffer): Promise<void> {
  await sql.query('update onboarding set sealed_token = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    sealedToken,
  ])
}

export async function putTokenExpiry(sql: Sql, workspaceId: string, id: string, expiresAt: Date | null): Promise<void> {
  await sql.query('update onboarding set token_expires_at = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    expiresAt,
  ])
}

/** Marks a code as tried, before it is. `false`: it was tried before, and must not be again. */
export async function claimCode(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  code: { readonly hash: Buffer; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into signup_code (workspace_id, code_hash, onboarding_id, tried_at) values ($1, $2, $3, $4)
     on conflict (workspace_id, code_hash) do nothing`,
    [workspaceId, code.hash, onboardingId, code.now],
  )
  return rowCount === 1
}

/** Takes a step on; `false` when it is done, or somebody else has been at it since `lostBefore`. */
export async function claimStep(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  claim: { readonly step: ConnectStep; readonly now: Date; readonly lostBefore: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into onboarding_step as s (workspace_id, onboarding_id, step, state, attempts, at)
     values ($1, $2, $3, 'running', 1, $4)
     on conflict (workspace_id, onboarding_id, step) do update
       set state = 'running', attempts = s.attempts + 1, at = excluded.at
       where s.state in ('waiting', 'failed') or (s.state = 'running' and s.at < $5)`,
    [workspaceId, onboardingId, claim.step, claim.now, claim.lostBefore],
  )
  return rowCount === 1
}

/** Writes how a step ended, or that it waits. */
export async function putStep(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  end: {
    readonly step: ConnectStep
    readonly state: 'waiting' | 'done' | 'failed'
    readonly error: StepError | null
    readonly now: Date
  },
): Promise<void> {
  await sql.query(
    `insert into onboarding_step (workspace_id, onboarding_id, step, state, attempts, error, at)
     values ($1, $2, $3, $4, 1, $5, $6)
     on conflict (workspace_id, onboarding_id, step) do update
       set state = excluded.state, error = excluded.error, at = excluded.at`,
    [workspaceId, onboardingId, end.step, end.state, JSON.stringify(end.error), end.now],
  )
}

/** The popup is to be gone through again: what came of the last time is forgotten, but for the codes that were tried. */
export async function clearSteps(sql: Sql, workspaceId: string, onboardingId: string): Promise<void> {
  await sql.query('delete from onboarding_step where workspace_id = $1 and onboarding_id = $2', [
    workspaceId,
    onboardingId,
  ])
  await sql.query('delete from onboarding_number where workspace_id = $1 and onboarding_id = $2', [
    workspaceId,
    onboardingId,
  ])
}
