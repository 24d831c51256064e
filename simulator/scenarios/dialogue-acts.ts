import type { Scenario, ScenarioAct, ScenarioCustomer } from '../scenario.ts'
import { between, happens, type Random, seededRandom } from '../seeded-random.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** How far back WhatsApp shares: 180 days, less an hour of margin. */
const OLDEST_MS = -180 * DAY_MS + 60 * MINUTE_MS
/** Nothing later than this: the phone was last touched two minutes before it was connected. */
const NEWEST_MS = -2 * MINUTE_MS
/** Share of dialogues that pause for days, so that their threads reach over several phases of history. */
const LONG_SHARE = 0.25
const LONGEST_PAUSE_DAYS = 40

/** Who says what, in order. */
export type Turn = readonly ['customer' | 'agent', string]

/** The customer of the dialogue with this index (from 0): a phone number of its own, every second one with a user id. */
export function dialogueCustomer(index: number): ScenarioCustomer {
  const number = String(30_000_000 + index)
  return {
    key: `d${index}`,
    profileName: `Customer ${index + 1}`,
    language: 'en',
    phone: `9665${number}`,
    userId: index % 2 === 0 ? `SA.10${String(index).padStart(14, '0')}` : null,
    username: null,
    addressBookName: index % 3 === 0 ? `Customer ${index + 1} (saved)` : null,
  }
}

/**
 * The turns of one dialogue as acts before 0, in order and at whole seconds that differ: begun anywhere in the 180 days,
 * each turn some seconds or minutes after the one before, a quarter of the dialogues with pauses of days.
 */
export function dialogueActs(turns: readonly Turn[], index: number, seed: number): ScenarioAct[] {
  const random = seededRandom(seed, 'dialogue', index)
  const gaps = gapsBetween(random, turns.length)
  const length = gaps.reduce((sum, gap) => sum + gap, 0)
  const latest = NEWEST_MS - length
  const start = OLDEST_MS + Math.floor((random() * (latest - OLDEST_MS)) / SECOND_MS) * SECOND_MS
  let at = start
  return turns.map(([author, body], turn) => {
    at += gaps[turn] ?? 0
    const by = author === 'customer' ? 'customer' : 'phone'
    return {
      atOffsetMs: at,
      customer: `d${index}`,
      by,
      do: 'send',
      key: `d${index}.${turn}`,
      message: { type: 'text', body },
    }
  })
}

/** A scenario of dialogues, one customer each; `name` as in the control API. Holds every text once. */
export function scenarioOf(name: string, seed: number, dialogues: Iterable<readonly Turn[]>): Scenario {
  const acts: ScenarioAct[] = []
  const customers: ScenarioCustomer[] = []
  for (const turns of dialogues) {
    const index = customers.length
    customers.push(dialogueCustomer(index))
    for (const act of dialogueActs(turns, index, seed)) acts.push(act)
  }
  acts.sort((a, b) => a.atOffsetMs - b.atOffsetMs)
  return {
    name,
    seed,
    business: {
      verifiedName: 'Many conversations',
      phone: '966551234568',
      displayPhone: '+966 55 123 4568',
      country: 'SA',
    },
    customers,
    acts,
  }
}

/** Milliseconds before each turn; 0 before the first. */
function gapsBetween(random: Random, turns: number): number[] {
  const gaps = Array.from({ length: turns }, (_value, turn) => (turn === 0 ? 0 : between(random, 5, 480) * SECOND_MS))
  if (turns > 2 && happens(random, LONG_SHARE)) {
    for (let pauses = between(random, 1, 3); pauses > 0; pauses--) {
      const turn = between(random, 1, turns - 1)
      gaps[turn] = Math.round((1 + random() * (LONGEST_PAUSE_DAYS - 1)) * 86_400) * SECOND_MS
    }
  }
  return gaps
}
