import type { ScenarioAct } from '../scenario.ts'
import { between, happens, pick, type Random, seededRandom } from '../seeded-random.ts'
import { suitable } from './shop-dialogues.ts'
import { interleave } from './shop-interleave.ts'
import { liveConversation } from './shop-live.ts'
import { type ShopPerson, shopPeople } from './shop-people.ts'
import { SECOND_MS } from './shop-rhythm.ts'
import type { Line } from './shop-script.ts'

/** Conversations begun in one batch. */
const CONVERSATIONS = 6
/** Far beyond what a batch takes. */
const NO_END_MS = Number.MAX_SAFE_INTEGER

/**
 * What the shop's customers (and sometimes its phone) do after the scripted half hour: some two minutes of acts, in order,
 * after `fromOffsetMs`. Pure: the same batch of the same seed is always the same. Call with the next batch and the offset
 * of the last act when they run out. `nowMs` is the instant of offset 0, for greetings by the hour.
 */
export function continueShop(from: {
  readonly seed: number
  readonly batch: number
  readonly fromOffsetMs: number
  readonly nowMs: number
}): ScenarioAct[] {
  const random = seededRandom(from.seed, 'continue', from.batch)
  const people = shopPeople(from.seed)
  const startMs = from.fromOffsetMs + between(random, 2, 12) * SECOND_MS
  const conversations = Array.from({ length: CONVERSATIONS }, (_value, index) =>
    conversation(random, pick(random, people), `n${from.batch}-${index}`, from.nowMs + startMs),
  )
  return interleave(random, conversations, {
    fromMs: startMs,
    toMs: NO_END_MS,
    pauseMs: [2 * SECOND_MS, 20 * SECOND_MS],
    atOnce: 3,
  })
}

function conversation(random: Random, person: ShopPerson, key: string, startMs: number): Line[] {
  return liveConversation(random, person, suitable(random, person, happens(random, 0.1)), key, startMs)
}
