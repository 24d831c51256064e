import { describe, expect, test } from 'vitest'
import type { GraphCall, ShownMessage } from '../load/coexist-plan.ts'
import { type CoexistLine, coexistLoad } from '../payload/coexist.ts'
import { judgeCoexistence, type StoredMessage } from './coexist-judge.ts'

const LINES = coexistLoad({ seed: 1, seconds: 1, startMs: 1_790_000_000_000 }).lines.slice(0, 4)
const AGENT_LINE = LINES.find((line) => line.by === 'agent') as Extract<CoexistLine, { by: 'agent' }>
const ECHO_LINE = LINES.find((line) => line.by === 'phone') as Exclude<CoexistLine, { by: 'agent' }>
const ECHO = ECHO_LINE.message.wamid
const WAMID = 'wamid.of-graph'

interface Found {
  stored: StoredMessage[]
  shown: Map<string, ShownMessage>
  calls: GraphCall[]
}

/** Everything as it must be. */
function allWell(): Found {
  const { number, phone, body } = AGENT_LINE
  return {
    stored: LINES.map(stored),
    shown: new Map(LINES.map((line) => [keyOf(line), { added: 1, delivery: line.by === 'agent' ? 'read' : null }])),
    calls: [{ wamid: WAMID, phoneNumberId: number.phoneNumberId, phone, body }],
  }
}

function stored(line: CoexistLine): StoredMessage {
  const { phone, body } = line.by === 'agent' ? line : line.message
  const isAgent = line.by === 'agent'
  return {
    wamid: isAgent ? WAMID : line.message.wamid,
    clientId: isAgent ? line.clientId : null,
    author: line.by,
    source: 'live',
    delivery: isAgent ? 'read' : null,
    body,
    phone,
    phoneNumberId: line.number.phoneNumberId,
  }
}

function keyOf(line: CoexistLine): string {
  return line.by === 'agent' ? line.clientId : line.message.wamid
}

/** One row with other values. */
function change(found: Found, key: string, other: Partial<StoredMessage>): void {
  found.stored = found.stored.map((row) => ((row.clientId ?? row.wamid) === key ? { ...row, ...other } : row))
}

describe('the judge of coexistence', () => {
  test('has nothing to say when all stands as it was said', () => {
    expect(new Set(LINES.map((line) => line.by))).toEqual(new Set(['customer', 'phone', 'agent']))
    expect(judgeCoexistence(LINES, allWell())).toEqual({ lost: 0, duplicated: 0, told: [] })
  })

  const LOST: Readonly<Record<string, (found: Found) => void>> = {
    'is not in the database': (found) => {
      found.stored = found.stored.filter((row) => row.wamid !== ECHO)
    },
    'was never shown': (found) => found.shown.delete(ECHO),
    'has author': (found) => change(found, ECHO, { author: 'agent' }),
    'has source': (found) => change(found, ECHO, { source: 'history' }),
    'has body': (found) => change(found, ECHO, { body: 'other words' }),
    'has phone ': (found) => change(found, ECHO, { phone: '966500000000' }),
    'has phoneNumberId': (found) => change(found, ECHO, { phoneNumberId: '1' }),
    'was never given to Graph': (found) => found.calls.pop(),
    'went from': (found) => {
      found.calls = found.calls.map((call) => ({ ...call, phone: '966500000000' }))
    },
    'has the wamid': (found) => change(found, AGENT_LINE.clientId, { wamid: 'wamid.other' }),
    'in the database, and was read': (found) => change(found, AGENT_LINE.clientId, { delivery: 'delivered' }),
    'is shown as sent': (found) => found.shown.set(AGENT_LINE.clientId, { added: 1, delivery: 'sent' }),
  }
  test.each(Object.entries(LOST))('counts as lost what %s', (words, spoil) => {
    const found = allWell()
    spoil(found)
    const verdict = judgeCoexistence(LINES, found)
    expect(verdict).toMatchObject({ lost: 1, duplicated: 0 })
    expect(verdict.told).toEqual([expect.stringContaining(words)])
  })

  const TWICE: Readonly<Record<string, (found: Found) => void>> = {
    'was in the database 2 times': (found) => found.stored.push(stored(ECHO_LINE)),
    'was shown 2 times': (found) => found.shown.set(ECHO, { added: 2, delivery: null }),
    'was sent 2 times': (found) => found.calls.push(...found.calls),
    'stands though nobody sent it': (found) => found.stored.push({ ...stored(ECHO_LINE), wamid: 'wamid.unheard' }),
  }
  test.each(Object.entries(TWICE))('counts as doubled what %s', (words, spoil) => {
    const found = allWell()
    spoil(found)
    const verdict = judgeCoexistence(LINES, found)
    expect(verdict).toMatchObject({ lost: 0, duplicated: 1 })
    expect(verdict.told).toEqual([expect.stringContaining(words)])
  })
})
