import type { CandidateNumber, ConnectWay } from '../../contract/api/connecting.ts'

/** Whether a number can be connected in this way, by what Meta shows of it now. */
export function isConfirmed(way: ConnectWay, number: Pick<CandidateNumber, 'onPhone' | 'inApi'>): boolean {
  return number.inApi && (way === 'coexistence') === number.onPhone
}

/**
 * The number that needs no choosing: the one that the signup named, or the only one there is. With several numbers or
 * accounts a person says which; the first one is never simply taken.
 */
export function obviousNumber(numbers: readonly CandidateNumber[], named: string | null): string | null {
  const open = numbers.filter((number) => number.numberId === null)
  if (named !== null) return open.some((number) => number.phoneNumberId === named) ? named : null
  const [only, ...others] = open
  return only !== undefined && others.length === 0 ? only.phoneNumberId : null
}

/** Accounts of numbers, each once. */
export function accountsOf(numbers: readonly Pick<CandidateNumber, 'wabaId'>[]): string[] {
  return [...new Set(numbers.map((number) => number.wabaId))]
}
