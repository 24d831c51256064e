import type { ScenarioAct } from '../scenario.ts'
import { between, pickWeighted, type Random, seededRandom } from '../seeded-random.ts'
import { suitable } from './shop-dialogues.ts'
import { interleave } from './shop-interleave.ts'
import type { ShopPerson } from './shop-people.ts'
import { customersHour, DAY_MS, HOUR_MS, MINUTE_MS, nextInstant, SECOND_MS } from './shop-rhythm.ts'
import { script } from './shop-script.ts'

const DAYS = 180
/** Conversations in the 180 days before, besides those of the last day and hour. */
const CONVERSATIONS = 960
const LAST_DAY_CONVERSATIONS = 26
const LAST_HOUR_CONVERSATIONS = 9
/** The ordinary past ends this long before connecting; after that come the conversations of the last hour. */
const LAST_HOUR_MS = 70 * MINUTE_MS

/** What lies on the phone when it is connected at `nowMs`: acts before 0, unsorted. */
export function shopHistory(seed: number, people: readonly ShopPerson[], nowMs: number): ScenarioAct[] {
  const random = seededRandom(seed, 'history')
  const regulars = people.filter((person) => !person.newcomer)
  const acts: ScenarioAct[] = []
  const tell = (person: ShopPerson, key: string, startMs: number) => {
    acts.push(...timed(random, person, key, startMs, nowMs))
  }
  // Everybody once, so that nobody in the list of chats is empty; then those who come back, more of them lately.
  for (const [index, person] of regulars.entries()) {
    tell(person, `h${index}`, customersHour(random, nowMs - DAYS * DAY_MS, nowMs - LAST_HOUR_MS))
  }
  for (let index = regulars.length; index < CONVERSATIONS; index++) {
    const person = pickWeighted(random, regulars, (candidate) => candidate.loyalty)
    const ago = DAYS * DAY_MS * (1 - Math.sqrt(random()))
    const start = customersHour(random, nowMs - Math.max(ago, LAST_HOUR_MS) - 3 * DAY_MS, nowMs - LAST_HOUR_MS)
    tell(person, `h${index}`, Math.max(start, nowMs - DAYS * DAY_MS))
  }
  for (let index = 0; index < LAST_DAY_CONVERSATIONS; index++) {
    const person = pickWeighted(random, regulars, (candidate) => candidate.loyalty)
    tell(person, `d${index}`, customersHour(random, nowMs - 22 * HOUR_MS, nowMs - LAST_HOUR_MS))
  }
  return [...acts, ...lastHour(random, regulars, nowMs)]
}

function timed(random: Random, person: ShopPerson, key: string, startMs: number, nowMs: number): ScenarioAct[] {
  const acts: ScenarioAct[] = []
  let at = startMs
  for (const line of script(random, suitable(random, person), person, key, startMs)) {
    if (acts.length > 0) at = nextInstant(random, line, at)
    // What would reach into the last hour has not been said yet: some chats wait for an answer, as in life.
    if (at > nowMs - LAST_HOUR_MS) break
    acts.push({ ...line.act, atOffsetMs: Math.round(at - nowMs) })
  }
  return acts
}

function lastHour(random: Random, regulars: readonly ShopPerson[], nowMs: number): ScenarioAct[] {
  const conversations = Array.from({ length: LAST_HOUR_CONVERSATIONS }, (_value, index) => {
    const person = regulars[between(random, 0, regulars.length - 1)] as ShopPerson
    return script(random, suitable(random, person), person, `l${index}`, nowMs - HOUR_MS)
  })
  return interleave(random, conversations, {
    fromMs: -58 * MINUTE_MS,
    toMs: -between(random, 100, 200) * SECOND_MS,
    pauseMs: [20 * SECOND_MS, 80 * SECOND_MS],
    atOnce: 4,
  })
}
