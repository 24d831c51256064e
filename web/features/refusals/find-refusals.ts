import { GRAPH_ERRORS, type GraphErrorCodes, type GraphErrorRow } from '../../../contract/graph-errors.ts'

/** The rows that hold a code, or whose words hold what was typed; all of them for nothing typed. */
export function findRefusals(query: string, wordsOf: (row: GraphErrorRow) => string): readonly GraphErrorRow[] {
  const typed = query.trim().toLocaleLowerCase()
  if (typed === '') return GRAPH_ERRORS
  if (!/^\d+$/.test(typed)) return GRAPH_ERRORS.filter((row) => wordsOf(row).toLocaleLowerCase().includes(typed))
  return GRAPH_ERRORS.filter(({ codes }) => codes.some((code) => beginsWith(code, typed)))
}

/** `131020 · 131201–131215`. */
export function spellCodes(codes: readonly GraphErrorCodes[]): string {
  return codes.map((code) => (typeof code === 'number' ? code : code.join('–'))).join(' · ')
}

/** Codes are found while they are typed; one in the middle of a range once it is whole. */
function beginsWith(codes: GraphErrorCodes, typed: string): boolean {
  if (typeof codes === 'number') return String(codes).startsWith(typed)
  const [from, to] = codes
  return String(from).startsWith(typed) || (Number(typed) >= from && Number(typed) <= to)
}
