import type { Scenario } from '../scenario.ts'
import { between, digits, pick, type Random, seededRandom } from '../seeded-random.ts'
import { scenarioOf, type Turn } from './dialogue-acts.ts'

/** As many as the real conversations that it stands in for. */
export const STANDIN_DIALOGUES = 14_272
export const STANDIN_MESSAGES = 262_524

const ASKS = [
  'I would like to book a table for {n} people at {time} in {city}.',
  'Do you have anything free on {day} around {time}?',
  'How much is it for {n} nights in {city}?',
  'Could you change my booking {ref} to {day}, please?',
  'هل يوجد موعد يوم {dayAr} الساعة {time}؟',
  'كم سعر الغرفة لمدة {n} ليالٍ في {cityAr}؟',
  'أرغب في حجز لـ{n} أشخاص يوم {dayAr}.',
  'What is the address?',
  'Is there parking nearby?',
  'And do they serve vegetarian food?',
  'هل الإفطار مشمول في السعر؟',
] as const
const ANSWERS = [
  'Certainly. {time} on {day} is free; shall I book it?',
  'There are {n} places left on {day}. It comes to {price} riyals.',
  'Your booking reference is {ref}. Is there anything else?',
  'The address is {n}{n} King Fahd Road, {city}.',
  'نعم، يوجد موعد يوم {dayAr} الساعة {time}. هل أؤكد الحجز؟',
  'المبلغ {price} ريال شامل الضريبة، ورقم الحجز {ref}.',
  'Yes, parking is free for guests.',
  'Confirming: {n} people, {day} at {time}, in {city}.',
  'تم تعديل الحجز {ref} بنجاح.',
] as const
const CITIES = [
  ['Riyadh', 'الرياض'],
  ['Jeddah', 'جدة'],
  ['Dammam', 'الدمام'],
  ['Abha', 'أبها'],
  ['Dubai', 'دبي'],
] as const
const DAYS = [
  ['Sunday', 'الأحد'],
  ['Monday', 'الاثنين'],
  ['Wednesday', 'الأربعاء'],
  ['Thursday', 'الخميس'],
  ['Friday', 'الجمعة'],
] as const

/**
 * A scenario of invented booking dialogues, as large as the real ones (14,272 with 262,524 messages) or as asked with
 * `dialogues`; then as many messages in proportion. Needs no files. The same for the same seed.
 */
export function standinScenario(asked: { readonly seed: number; readonly dialogues?: number }): Scenario {
  return scenarioOf('standin', asked.seed, standinDialogues(asked.seed, asked.dialogues ?? STANDIN_DIALOGUES))
}

/** The dialogues one by one; their turns add up to `STANDIN_MESSAGES` (in proportion) exactly. */
export function* standinDialogues(seed: number, dialogues: number): Generator<readonly Turn[]> {
  let messagesLeft = Math.round((STANDIN_MESSAGES * dialogues) / STANDIN_DIALOGUES)
  for (let index = 0; index < dialogues; index++) {
    const random = seededRandom(seed, 'standin', index)
    const left = dialogues - index
    // Around the mean of what is left, so that the last dialogue needs no odd length to make the sum right.
    const mean = messagesLeft / left
    const length = left === 1 ? messagesLeft : Math.max(4, Math.round(mean + (random() - 0.5) * 16))
    messagesLeft -= length
    yield Array.from(
      { length },
      (_value, turn): Turn => (turn % 2 === 0 ? ['customer', say(random, ASKS)] : ['agent', say(random, ANSWERS)]),
    )
  }
}

function say(random: Random, sentences: readonly string[]): string {
  const [city, cityAr] = pick(random, CITIES)
  const [day, dayAr] = pick(random, DAYS)
  const words: Readonly<Record<string, string>> = {
    n: String(between(random, 2, 9)),
    time: `${between(random, 1, 12)}:${pick(random, ['00', '15', '30', '45'])}`,
    price: String(between(random, 80, 1900)),
    ref: digits(random, 6),
    city,
    cityAr,
    day,
    dayAr,
  }
  return pick(random, sentences).replace(/\{(\w+)\}/g, (_whole, slot: string) => words[slot] ?? '')
}
