import { CSV_CHARS_MAX } from '../../contract/api/rate-cards.ts'

const ROWS_MAX = 2_000

/** A line of a table, with its place in the file for whoever has to mend it. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvTable {
  readonly rows: readonly CsvRow[]
  /** Where cells are parted by semicolons, a comma is what parts the whole from its fraction. */
  readonly decimalComma: boolean
}

/**
 * The rows of a CSV file that have anything in them, whichever mark parts the cells, with or without a byte order mark. `null`
 * for what is none: too long, or with a quotation that never ends. Source: https://www.rfc-editor.org/rfc/rfc4180
 */
export function readCsvTable(text: string): CsvTable | null {
  if (text.length > CSV_CHARS_MAX) return null
  const body = text.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(body)
  const rows: CsvRow[] = []
  let at = 0
  let line = 1
  while (at < body.length) {
    const row = readRow(body, at, delimiter)
    if (row === null || rows.length === ROWS_MAX) return null
    if (row.cells.some((cell) => cell !== '')) rows.push({ line, cells: row.cells })
    line += body.slice(at, row.end).split('\n').length - 1
    at = row.end
  }
  return { rows, decimalComma: delimiter === ';' }
}

/** The mark that stands most often outside quotations in the first lines. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4_000).replace(/"[^"]*"/g, '')
  const count = (mark: string): number => head.split(mark).length - 1
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

function readRow(text: string, start: number, delimiter: string): { cells: string[]; end: number } | null {
  const cells: string[] = []
  let cell = ''
  let at = start
  for (;;) {
    const mark = text[at]
    if (mark === '"' && cell.trim() === '') {
      const quoted = readQuoted(text, at)
      if (quoted === null) return null
      cell = quoted.cell
      at = quoted.end
      continue
    }
    if (mark === delimiter || mark === '\n' || mark === '\r' || mark === undefined) {
      cells.push(cell.trim())
      if (mark !== delimiter) return { cells, end: at + (mark === '\r' && text[at + 1] === '\n' ? 2 : 1) }
      cell = ''
    } else {
      cell += mark
    }
    at += 1
  }
}

function readQuoted(text: string, start: number): { cell: string; end: number } | null {
  let cell = ''
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') cell += text[at]
    else if (text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else return { cell, end: at + 1 }
  }
  return null
}
