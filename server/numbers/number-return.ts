import type { NumberMode, NumberState } from '../../contract/number.ts'

/** A number that the workspace has had before. */
export interface Known {
  readonly id: string
  readonly state: NumberState
  readonly mode: NumberMode
}

/** States out of which a number is connected anew; its threads are still there. */
export const COMES_BACK: ReadonlySet<NumberState> = new Set([
  'preparing',
  'connecting',
  'at_risk',
  'offboarded',
  'removed',
  'disabled',
])

/**
 * How a number that was just confirmed begins; `null` when it is connected already and nobody asked for it by its id. Its
 * syncs are asked for when this is a new onboarding in Meta's eyes and the owner agreed: each may be asked for once.
 */
export function planNumber(
  wish: { readonly mode: NumberMode; readonly imports: boolean; readonly numberId: string | null },
  known: Known | null,
): { readonly state: NumberState; readonly syncs: boolean } | null {
  if (known !== null && !COMES_BACK.has(known.state) && known.id !== wish.numberId) return null
  const isNew = known === null || known.mode !== 'coexistence' || isEnded(known.state)
  const syncs = isNew && wish.mode === 'coexistence' && wish.imports
  return { state: syncs || (!isNew && known.state === 'syncing') ? 'syncing' : 'live', syncs }
}

/** One at risk is connected still: only its access or its warning is renewed. */
function isEnded(state: NumberState): boolean {
  return COMES_BACK.has(state) && state !== 'at_risk'
}
