import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContactRow } from '../inbox/rows.ts'
import { csvHead, csvRow, type ExportedContact, vCard } from './export-row.ts'

const NOBODY: ContactRow = {
  id: '0190f000-0000-7000-8000-000000000001',
  phone: null,
  userId: null,
  parentUserId: null,
  username: null,
  usernameAtMs: null,
  addressBookName: null,
  addressBookAtMs: null,
  profileName: null,
  profileAtMs: null,
  agentName: null,
  isMerged: false,
}

function exported(contact: Partial<ContactRow>, more: Partial<ExportedContact> = {}): ExportedContact {
  return {
    contact: { ...NOBODY, ...contact },
    createdAtMs: Date.UTC(2026, 10, 23, 8),
    removedOnPhone: false,
    others: [],
    numbers: [],
    lastAtMs: null,
    ...more,
  }
}

describe('the CSV file', () => {
  test('begins with the mark that makes spreadsheets read UTF-8, and has as many headings as cells', () => {
    for (const language of ['en', 'ar'] as const) {
      const head = csvHead(language)
      expect(head.charCodeAt(0)).toBe(0xfeff)
      expect(parseLine(head)).toHaveLength(parseLine(csvRow(exported({}), language)).length)
    }
  })

  test('a contact without phone number has a line like any other', () => {
    const line = csvRow(
      exported(
        { userId: 'SA.77', username: 'omar', profileName: 'Omar' },
        { others: ['966550000001'], numbers: ['+966 1', '+966 2'], removedOnPhone: true, lastAtMs: 0 },
      ),
      'ar',
    )
    expect(parseLine(line)).toEqual([
      ...['Omar', '', '', 'Omar', 'omar', '', 'SA.77', '', '966550000001', 'نعم', `'+966 1; +966 2`],
      ...['1970-01-01 00:00:00', '2026-11-23 08:00:00', NOBODY.id],
    ])
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\u200e=1', '＝1', '|cmd', '%0A'])(
    'a name like %j is text for a spreadsheet',
    (name) => {
      expect(parseLine(csvRow(exported({ agentName: name }), 'en'))[0]).toBe(`'${name}`)
    },
  )

  test('whatever a name holds, the line has its cells, and none begins like a formula', () => {
    const cells = parseLine(csvRow(exported({}), 'en')).length
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const line = parseLine(csvRow(exported({ profileName: name }), 'en'))
        expect(line).toHaveLength(cells)
        expect([name, `'${name}`]).toContain(line[3])
        expect(line[3]).not.toMatch(/^\s*[=+\-@]/)
      }),
      { seed: 20261123, numRuns: 500 },
    )
  })
})

describe('the vCard file', () => {
  test('holds what a phone can take', () => {
    const card = vCard(
      exported({ phone: '966551234567', username: 'layla.h', userId: 'SA.1', agentName: 'Layla; "VIP", x' }),
    )
    expect(card.split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'FN:Layla\\; "VIP"\\, x',
      'N:;Layla\\; "VIP"\\, x;;;',
      'TEL;TYPE=CELL:+966551234567',
      'NICKNAME:layla.h',
      'X-WHATSAPP-USER-ID:SA.1',
      `UID:urn:uuid:${NOBODY.id}`,
      'END:VCARD',
      '',
    ])
  })

  test('folds long lines between characters', () => {
    const name = 'ليلى '.repeat(40).trim()
    const card = vCard(exported({ agentName: name }))
    for (const line of card.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(card.replaceAll('\r\n ', '')).toContain(`FN:${name}`)
  })

  test('a name cannot add lines of its own', () => {
    expect(vCard(exported({ profileName: 'A\r\nTEL:+1' }))).not.toMatch(/^TEL/m)
  })
})

/** A line of RFC 4180, read back. */
function parseLine(line: string): string[] {
  const cells: string[] = []
  let rest = line.replace(/^\uFEFF/, '')
  for (;;) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|\r\n$)/.exec(rest)
    if (match === null) throw new Error(`No line of CSV: ${JSON.stringify(rest)}`)
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'))
    if (match[3] === '\r\n') return cells
    rest = rest.slice(match[0].length)
  }
}
