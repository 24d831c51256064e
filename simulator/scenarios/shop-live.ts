import type { ScenarioAct } from '../scenario.ts'
import { happens, pick, type Random, seededRandom } from '../seeded-random.ts'
import type { Dialogue } from './shop-dialogue.ts'
import { shopDialogues, suitable, suits } from './shop-dialogues.ts'
import { interleave } from './shop-interleave.ts'
import type { ShopPerson } from './shop-people.ts'
import { MINUTE_MS, SECOND_MS } from './shop-rhythm.ts'
import { type Line, script } from './shop-script.ts'

const LIVE_MS = 30 * MINUTE_MS
/** More than fit into the time, so that it never runs dry. */
const LIVE_CONVERSATIONS = 90
/** Between two acts. */
const PAUSE_MS = [2 * SECOND_MS, 20 * SECOND_MS] as const
/** Share of conversations that the phone answers; the others wait for somebody in the inbox. */
const ANSWERED = 0.4

/** What whoever tries the demonstration should see in the first minutes, one after the other. */
const OPENING = [
  'from an ad',
  'ten pictures at once',
  'voice question',
  'gift with a card',
  'exchange',
  'catalogue basket',
  'poll',
  'order in two languages',
]

/** The half hour after connecting: acts from 0 on, in order. It opens with one of everything, an advertisement first. */
export function shopLive(seed: number, people: readonly ShopPerson[], nowMs: number): ScenarioAct[] {
  const random = seededRandom(seed, 'live')
  const newcomers = people.filter((person) => person.newcomer)
  const named = people.filter((person) => person.customer.phone === null)
  const conversations = Array.from({ length: LIVE_CONVERSATIONS }, (_value, index) => {
    const key = `v${index}`
    const opening = OPENING[index]
    if (opening !== undefined) return openingConversation(random, people, opening, key, nowMs)
    const newcomer = index % 7 === 2 ? newcomers[Math.floor(index / 7)] : undefined
    const person = newcomer ?? pick(random, index % 9 === 0 ? named : people)
    return liveConversation(random, person, suitable(random, person, newcomer !== undefined), key, nowMs)
  })
  return interleave(random, conversations, { fromMs: 3 * SECOND_MS, toMs: LIVE_MS, pauseMs: PAUSE_MS, atOnce: 4 })
}

/** A conversation for now: nobody says "two days later", and often nobody answers from the phone. */
export function liveConversation(
  random: Random,
  person: ShopPerson,
  dialogue: Dialogue,
  key: string,
  nowMs: number,
): Line[] {
  const lines = untilLater(script(random, dialogue, person, key, nowMs))
  if (happens(random, ANSWERED)) return lines
  const end = lines.findIndex((line) => line.act.by === 'phone')
  // Where the phone speaks first, its opening stays.
  return end < 0 ? lines : lines.slice(0, Math.max(end, 1))
}

function openingConversation(
  random: Random,
  people: readonly ShopPerson[],
  name: string,
  key: string,
  nowMs: number,
): Line[] {
  const dialogue = pick(
    random,
    shopDialogues.filter((candidate) => candidate.name === name),
  )
  const person = pick(
    random,
    people.filter((candidate) => suits(dialogue, candidate) && candidate.newcomer === dialogue.ad),
  )
  return untilLater(script(random, dialogue, person, key, nowMs))
}

function untilLater(lines: Line[]): Line[] {
  const end = lines.findIndex((line) => line.wait.kind === 'later')
  return end < 0 ? lines : lines.slice(0, end)
}
