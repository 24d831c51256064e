import type { ConnectStep, ConnectWay, StepError, StepView } from '../../contract/api/connecting.ts'
import { trouble } from './trouble.ts'

/** A step as it is stored; one that was never tried has no row. */
export interface StepRow {
  readonly step: ConnectStep
  readonly state: Exclude<StepView['state'], 'todo'>
  readonly attempts: number
  readonly error: StepError | null
  readonly atMs: number
}

const BY_POPUP = ['signup', 'exchange', 'token', 'choose', 'subscribe', 'confirm', 'keep'] as const
const BY_TOKEN = ['token', 'choose', 'subscribe', 'confirm', 'keep'] as const

/** The steps of a way, in their order. Registering is none of them: the app on the phone has done that. */
export function stepsOf(way: ConnectWay): readonly ConnectStep[] {
  return way === 'api_token' ? BY_TOKEN : BY_POPUP
}

/** The first step that is not done; `null` when all are. */
export function nextStep(way: ConnectWay, rows: readonly StepRow[]): ConnectStep | null {
  const done = new Set(rows.filter((row) => row.state === 'done').map((row) => row.step))
  return stepsOf(way).find((step) => !done.has(step)) ?? null
}

/** Whether the person's part with Meta is over: there is a token, and going on needs no popup. */
export function hasToken(way: ConnectWay, rows: readonly StepRow[]): boolean {
  const step = nextStep(way, rows)
  return step !== 'signup' && step !== 'exchange'
}

/** Longer than Meta may take to answer: whoever exchanged the code is gone, and nobody knows what became of it. */
const EXCHANGE_MS_MAX = 60_000

/** All steps of the way as readers see them now. */
export function stepViews(way: ConnectWay, rows: readonly StepRow[], nowMs: number): StepView[] {
  return stepsOf(way).map((step) => {
    const row = rows.find((one) => one.step === step)
    if (row === undefined) return { step, state: 'todo', attempts: 0, error: null, atMs: null }
    const isLost = step === 'exchange' && row.state === 'running' && nowMs - row.atMs > EXCHANGE_MS_MAX
    return isLost ? { ...row, state: 'failed', error: trouble('code_unclear') } : row
  })
}
