import type { BusinessNumber, Sync, SyncError, SyncKind, SyncPhase, SyncState } from '../../contract/number.ts'
import { filesFromMs } from '../sync/sync-window.ts'

/** Rows of business_number, sync and sync_chunk (summed by phase) as the stores read them; times in Unix milliseconds. */
export type NumberRow = Omit<BusinessNumber, 'syncs'>

export interface SyncRow {
  readonly numberId: string
  readonly kind: SyncKind
  readonly state: SyncState
  readonly requestId: string | null
  readonly askedAtMs: number | null
  readonly deadlineMs: number | null
  readonly alarmedAtMs: number | null
  readonly error: SyncError | null
  readonly updatedAtMs: number | null
  readonly progressPercent: number | null
  readonly received: number
}

export interface PhaseRow {
  readonly numberId: string
  readonly phase: number
  readonly chunks: number
  readonly messages: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

/** History comes in these: the last day, days 1–90, days 90–180. */
const PHASES = [0, 1, 2] as const

/** A number as readers see it, with its two syncs, contacts first. */
export function numberView(number: NumberRow, syncs: readonly SyncRow[], phases: readonly PhaseRow[]): BusinessNumber {
  const own = syncs.filter((sync) => sync.numberId === number.id).sort((a, b) => (a.kind < b.kind ? -1 : 1))
  return {
    ...number,
    syncs: own.map((sync) =>
      syncView(
        sync,
        phases.filter((phase) => phase.numberId === number.id),
      ),
    ),
  }
}

function syncView(row: SyncRow, phases: readonly PhaseRow[]): Sync {
  const { kind, state, requestId, askedAtMs, deadlineMs, alarmedAtMs, error, updatedAtMs, progressPercent, received } =
    row
  const history = kind === 'history'
  const came = history ? phases : []
  return {
    kind,
    state,
    requestId,
    askedAtMs,
    deadlineMs,
    alarmedAtMs,
    error,
    updatedAtMs,
    firstChunkAtMs: came.length === 0 ? null : Math.min(...came.map((phase) => phase.firstAtMs)),
    lastChunkAtMs: came.length === 0 ? null : Math.max(...came.map((phase) => phase.lastAtMs)),
    filesFromMs: history ? filesFromMs(deadlineMs) : null,
    progressPercent,
    received,
    phases: history ? PHASES.map((phase) => phaseView(phase, phases, state)) : [],
  }
}

/** Meta sends nothing for an empty phase, and chunks out of order: a phase is complete when the whole sync is. */
function phaseView(phase: number, rows: readonly PhaseRow[], state: SyncState): SyncPhase {
  const row = rows.find((one) => one.phase === phase)
  const chunks = row?.chunks ?? 0
  return { phase, chunks, messages: row?.messages ?? 0, state: phaseState(chunks, state) }
}

function phaseState(chunks: number, state: SyncState): SyncPhase['state'] {
  if (state === 'complete') return chunks > 0 ? 'complete' : 'empty'
  if (state === 'partial') return 'stopped'
  return chunks > 0 ? 'receiving' : 'waiting'
}
