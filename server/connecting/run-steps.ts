import type { CandidateNumber, ConnectStep, StepError } from '../../contract/api/connecting.ts'
import type { NumberMode } from '../../contract/number.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'
import type { AppCredentials, Graph } from '../whatsapp/client.ts'
import type { GraphNumber } from '../whatsapp/graph-answer.ts'
import { putCandidates, putChoice, putKept, putSeen } from './candidate-store.ts'
import { accountsOf, isConfirmed, obviousNumber } from './candidates.ts'
import { confirmDelayMs } from './confirm-delay.ts'
import type { OnboardingSeal } from './onboarding-seal.ts'
import {
  claimStep,
  closeOnboarding,
  type Onboarding,
  putStep,
  putTokenExpiry,
  readConsents,
  readOnboarding,
} from './onboarding-store.ts'
import { nextStep } from './steps.ts'
import { tokenTrouble, trouble, troubleOf } from './trouble.ts'

/** The queue's name of the job that asks again whether Meta shows the number as connected. */
export const CONFIRM_JOB = 'confirm_onboarding'
/** A step that has been running for longer has lost its process. */
const STEP_LOST_AFTER_MS = 2 * 60_000

/** Keeps a confirmed number: stores it, makes its deliveries find us, queues its syncs. */
export type KeepNumber = (
  workspaceId: string,
  confirmed: {
    readonly wabaId: string
    readonly token: string
    readonly tokenExpiresAtMs: number | null
    readonly number: Pick<GraphNumber, 'phoneNumberId' | 'displayPhone' | 'verifiedName'>
    readonly mode: NumberMode
    readonly imports: boolean
    readonly onboardedAtMs: number
    readonly numberId: string | null
  },
) => Promise<{ readonly ok: true; readonly number: { readonly id: string } } | { readonly ok: false }>

export interface RunStepsDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'exchangeCode' | 'debugToken' | 'subscribeApp' | 'listNumbers' | 'readNumber'>
  readonly app: AppCredentials
  readonly seal: OnboardingSeal
  readonly keepNumber: KeepNumber
}

/** What a step came to: done, a trouble, or waiting for a person or for Meta. */
type StepEnd =
  | { readonly state: 'done'; readonly error?: null }
  | { readonly state: 'failed'; readonly error: StepError }
  | { readonly state: 'waiting'; readonly error: StepError | null }

const DONE: StepEnd = { state: 'done' }
const failed = (error: StepError): StepEnd => ({ state: 'failed', error })

interface Work {
  readonly deps: RunStepsDeps
  readonly workspaceId: string
  readonly onboarding: Onboarding
  readonly token: string
}

/**
 * Takes an onboarding that has its token through the steps that are left, until all are done, one fails, or one waits.
 * Each step is claimed before and written after, so that it goes on where it was after a crash, and two who ask at once do
 * it once. Every step may be done again; the code, which may not, is no part of this.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export async function runSteps(deps: RunStepsDeps, workspaceId: string, onboardingId: string): Promise<void> {
  const { database } = deps
  for (;;) {
    const onboarding = await readWorkspace(database, workspaceId, (sql) =>
      readOnboarding(sql, workspaceId, onboardingId),
    )
    if (onboarding === null || onboarding.state !== 'open' || onboarding.sealedToken === null) return
    const step = nextStep(onboarding.way, onboarding.steps)
    if (step === null) return
    const nowMs = deps.clock.nowMs()
    const claim = { step, now: new Date(nowMs), lostBefore: new Date(nowMs - STEP_LOST_AFTER_MS) }
    const claimed = await inWorkspace(database, workspaceId, (sql) => claimStep(sql, workspaceId, onboardingId, claim))
    if (!claimed) return
    const token = deps.seal.open(workspaceId, onboardingId, onboarding.sealedToken)
    const end = await runStep(step, { deps, workspaceId, onboarding, token })
    await writeEnd(deps, workspaceId, onboarding, step, end)
    if (end.state !== 'done') return
  }
}

function runStep(step: ConnectStep, work: Work): Promise<StepEnd> {
  switch (step) {
    case 'token':
      return checkToken(work)
    case 'choose':
      return chooseNumber(work)
    case 'subscribe':
      return subscribeAccounts(work)
    case 'confirm':
      return confirmNumbers(work)
    case 'keep':
      return keepNumbers(work)
    case 'signup':
    case 'exchange':
      // They need the popup; with a token in hand they are done.
      return Promise.resolve(DONE)
    default:
      return step satisfies never
  }
}

async function writeEnd(
  deps: RunStepsDeps,
  workspaceId: string,
  onboarding: Onboarding,
  step: ConnectStep,
  end: StepEnd,
): Promise<void> {
  const now = new Date(deps.clock.nowMs())
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await putStep(sql, workspaceId, onboarding.id, { step, state: end.state, error: end.error ?? null, now })
    if (step === 'keep' && end.state === 'done') {
      await closeOnboarding(sql, workspaceId, onboarding.id, { state: 'done', now })
    }
    if (step !== 'confirm' || end.state !== 'waiting') return
    const attempts = (onboarding.steps.find((row) => row.step === step)?.attempts ?? 0) + 1
    const delayMs = confirmDelayMs(attempts, now.getTime() - (onboarding.signedUpAtMs ?? onboarding.startedAtMs))
    if (delayMs === null) return
    const key = `${CONFIRM_JOB}:${onboarding.id}`
    await addJob(sql, CONFIRM_JOB, { workspaceId, onboardingId: onboarding.id }, { key, delayMs })
  })
}

/** What the token is good for, and every number that it reaches. */
async function checkToken({ deps, workspaceId, onboarding, token }: Work): Promise<StepEnd> {
  const facts = await deps.graph.debugToken(deps.app, token)
  if (facts.kind !== 'ok') return failed(troubleOf('token', facts))
  const wrong = tokenTrouble(facts.value, onboarding.wabaId)
  if (wrong !== null) return failed(wrong)
  const named = onboarding.wabaId === null ? [] : [onboarding.wabaId]
  const numbers: Omit<CandidateNumber, 'chosen' | 'numberId'>[] = []
  for (const wabaId of new Set([...named, ...facts.value.wabaIds])) {
    const listed = await deps.graph.listNumbers(token, wabaId)
    // An account that the signup did not name must not keep the named one from being connected.
    if (listed.kind !== 'ok' && named.length > 0 && wabaId !== onboarding.wabaId) continue
    if (listed.kind !== 'ok') return failed(troubleOf('token', listed))
    numbers.push(...listed.value.map((number) => ({ ...seen(number), wabaId })))
  }
  if (numbers.length === 0) return failed(trouble('no_number'))
  const expiresAt = facts.value.expiresAtMs === null ? null : new Date(facts.value.expiresAtMs)
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await putCandidates(sql, workspaceId, onboarding.id, { numbers, again: onboarding.numberId })
    await putTokenExpiry(sql, workspaceId, onboarding.id, expiresAt)
  })
  return DONE
}

function seen(number: GraphNumber) {
  const { phoneNumberId, displayPhone, verifiedName } = number
  return {
    phoneNumberId,
    displayPhone,
    verifiedName,
    onPhone: number.isOnBizApp,
    inApi: number.platformType === 'CLOUD_API',
  }
}

/** Chooses by itself where there is nothing to choose, and waits for a person where there is. */
async function chooseNumber({ deps, workspaceId, onboarding }: Work): Promise<StepEnd> {
  if (onboarding.numbers.some((number) => number.chosen)) return DONE
  if (onboarding.numbers.every((number) => number.numberId !== null)) return failed(trouble('elsewhere'))
  const obvious = obviousNumber(onboarding.numbers, onboarding.phoneNumberId)
  if (obvious === null) return { state: 'waiting', error: null }
  await inWorkspace(deps.database, workspaceId, (sql) => putChoice(sql, workspaceId, onboarding.id, [obvious]))
  return DONE
}

async function subscribeAccounts({ deps, onboarding, token }: Work): Promise<StepEnd> {
  for (const wabaId of accountsOf(onboarding.numbers.filter((number) => number.chosen))) {
    const answer = await deps.graph.subscribeApp(token, wabaId)
    if (answer.kind !== 'ok') return failed(troubleOf('subscribe', answer))
    if (!answer.value.success) return failed(trouble('refused'))
  }
  return DONE
}

/**
 * Asks Graph whether each number is where it should be: on the phone and in the API, or in the API alone. Right after a
 * signup Graph lags behind, so that "not yet" is no failure: it is asked again.
 */
async function confirmNumbers({ deps, workspaceId, onboarding, token }: Work): Promise<StepEnd> {
  let waits: StepError | null = null
  for (const chosen of onboarding.numbers.filter((number) => number.chosen)) {
    const answer = await deps.graph.readNumber(token, chosen.phoneNumberId)
    if (answer.kind !== 'ok') return failed(troubleOf('confirm', answer))
    const now = seen(answer.value)
    await inWorkspace(deps.database, workspaceId, (sql) => putSeen(sql, workspaceId, onboarding.id, now))
    if (isConfirmed(onboarding.way, now)) continue
    if (onboarding.way !== 'coexistence' && now.onPhone) return failed(trouble('still_on_phone', now.displayPhone))
    waits = trouble('not_shown_yet', now.displayPhone)
  }
  return waits === null ? DONE : { state: 'waiting', error: waits }
}

/** The last step: from here on the number receives and sends. */
async function keepNumbers({ deps, workspaceId, onboarding, token }: Work): Promise<StepEnd> {
  const consents = await readWorkspace(deps.database, workspaceId, (sql) =>
    readConsents(sql, workspaceId, onboarding.id),
  )
  const imports = consents.some((consent) => consent.subject === 'import' && consent.granted)
  for (const number of onboarding.numbers.filter((one) => one.chosen && one.numberId === null)) {
    const kept = await deps.keepNumber(workspaceId, {
      wabaId: number.wabaId,
      token,
      tokenExpiresAtMs: onboarding.tokenExpiresAtMs,
      number,
      mode: onboarding.way === 'coexistence' ? 'coexistence' : 'api_only',
      imports,
      onboardedAtMs: onboarding.signedUpAtMs ?? onboarding.startedAtMs,
      numberId: onboarding.numberId,
    })
    if (!kept.ok) return failed(trouble('elsewhere', number.displayPhone))
    const { phoneNumberId } = number
    await inWorkspace(deps.database, workspaceId, (sql) =>
      putKept(sql, workspaceId, onboarding.id, { phoneNumberId, numberId: kept.number.id }),
    )
  }
  return DONE
}
