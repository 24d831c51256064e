import type { ScenarioCustomer } from '../scenario.ts'
import { between, digits, happens, pick, pickWeighted, type Random, seededRandom } from '../seeded-random.ts'
import { arabicMen, arabicWomen, children, egyptianFamilies, gulfFamilies, westernPeople } from './shop-names.ts'
import { type City, cities } from './shop-places.ts'

/** A customer with what only the authors of the dialogues need to know. */
export interface ShopPerson {
  readonly customer: ScenarioCustomer
  /** How the shop calls this person. */
  readonly calledAr: string
  readonly calledEn: string
  readonly gender: 'm' | 'f'
  readonly city: City
  /** Writes in both languages, sometimes in one sentence. */
  readonly bilingual: boolean
  /** How often this person comes back, relative to others. */
  readonly loyalty: number
  /** Wrote for the first time only after the phone was connected. */
  readonly newcomer: boolean
}

const PEOPLE = 372
/** The last of them have no past. */
const NEWCOMERS = 12
/** Every so many people somebody shows only a username. */
const USERNAME_ONLY_EVERY = 53
const COUNTRY_WEIGHTS: Readonly<Record<City['country'], number>> = { SA: 62, AE: 9, KW: 7, EG: 9, GB: 5, PT: 3, IN: 5 }

/** The customers of the shop: the same people for the same seed, every phone number and username once. */
export function shopPeople(seed: number): ShopPerson[] {
  const taken = new Set<string>()
  return Array.from({ length: PEOPLE }, (_value, index) => person(seed, index, taken))
}

function person(seed: number, index: number, taken: Set<string>): ShopPerson {
  const random = seededRandom(seed, 'person', index)
  const country = pickWeighted(random, Object.keys(COUNTRY_WEIGHTS) as City['country'][], (key) => COUNTRY_WEIGHTS[key])
  const city = pickWeighted(
    random,
    cities.filter((candidate) => candidate.country === country),
    weightOfCity,
  )
  const arab = country !== 'GB' && country !== 'PT' && country !== 'IN'
  const named = arab ? arabicName(random, country) : westernName(random, country)
  const bilingual = arab && happens(random, 0.08)
  const newcomer = index >= PEOPLE - NEWCOMERS
  const usernameOnly = index % USERNAME_ONLY_EVERY === USERNAME_ONLY_EVERY - 1
  const modern = usernameOnly || happens(random, 0.75)
  const username = usernameOnly || (modern && happens(random, 0.12)) ? uniqueUsername(random, named.latin, taken) : null
  const language = arab && !happens(random, country === 'SA' ? 0.12 : 0.2) ? 'ar' : 'en'
  return {
    customer: {
      key: `c${index + 1}`,
      profileName: profileName(random, named, language),
      language,
      phone: usernameOnly ? null : uniquePhone(random, country, taken),
      userId: modern ? `${country}.${digits(random, 16)}` : null,
      username,
      addressBookName:
        newcomer || usernameOnly || happens(random, 0.42) ? null : savedName(random, named, city, language),
    },
    calledAr: named.calledAr,
    calledEn: named.calledEn,
    gender: named.gender,
    city,
    bilingual,
    loyalty: happens(random, 0.15) ? between(random, 4, 8) : between(random, 1, 3),
    newcomer,
  }
}

/** The shop is in Riyadh: half of its Saudi customers are too. */
const weightOfCity = (city: City) => (city.en === 'Riyadh' ? 8 : 1)

interface Named {
  readonly gender: 'm' | 'f'
  readonly full: string
  readonly latin: string
  readonly calledAr: string
  readonly calledEn: string
}

function arabicName(random: Random, country: City['country']): Named {
  const gender = happens(random, 0.62) ? 'f' : 'm'
  const [given, givenLatin] = pick(random, gender === 'f' ? arabicWomen : arabicMen)
  const [family, familyLatin] = pick(random, country === 'EG' ? egyptianFamilies : gulfFamilies)
  if (country !== 'EG' && happens(random, 0.1)) {
    const called = `${gender === 'f' ? 'أم' : 'أبو'} ${pick(random, children)}`
    return { gender, full: called, latin: `${givenLatin} ${familyLatin}`, calledAr: called, calledEn: givenLatin }
  }
  return {
    gender,
    full: `${given} ${family}`,
    latin: `${givenLatin} ${familyLatin}`,
    calledAr: given,
    calledEn: givenLatin,
  }
}

function westernName(random: Random, country: keyof typeof westernPeople): Named {
  const [given, family, gender] = pick(random, westernPeople[country])
  return { gender, full: `${given} ${family}`, latin: `${given} ${family}`, calledAr: given, calledEn: given }
}

function profileName(random: Random, named: Named, language: 'ar' | 'en'): string {
  const name = language === 'ar' ? named.full : named.latin
  const shape = random()
  if (shape < 0.62) return name
  const first = language === 'ar' ? named.calledAr : named.calledEn
  if (shape < 0.8) return `${first} ${pick(random, ['🌷', '🤍', '✨', '🌹', '🕊️', '🌙'])}`
  return shape < 0.9 ? named.latin : first
}

function savedName(random: Random, named: Named, city: City, language: 'ar' | 'en'): string {
  const name = language === 'ar' ? named.full : named.latin
  const shape = random()
  if (shape < 0.6) return name
  if (shape < 0.8) return language === 'ar' ? `${name} – ${city.ar}` : `${name} - ${city.en}`
  return language === 'ar'
    ? `${name} ${pick(random, ['VIP', 'جملة', 'عميل قديم', 'هدايا'])}`
    : `${name} ${pick(random, ['VIP', 'wholesale', 'gifts'])}`
}

function uniqueUsername(random: Random, latin: string, taken: Set<string>): string {
  const [first = 'guest', last = ''] = latin
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .split(' ')
  for (;;) {
    const username = pick(random, [
      `${first}.${last}`,
      `${first}_${between(random, 10, 99)}`,
      `${first}${last}${between(random, 1, 9)}`,
    ])
    if (!taken.has(username)) return remembered(username, taken)
  }
}

function uniquePhone(random: Random, country: City['country'], taken: Set<string>): string {
  for (;;) {
    const phone = phoneIn(random, country)
    if (!taken.has(phone)) return remembered(phone, taken)
  }
}

function remembered(text: string, taken: Set<string>): string {
  taken.add(text)
  return text
}

/** A mobile number that the country's numbering plan allows. British ones lie in the range kept for drama. */
function phoneIn(random: Random, country: City['country']): string {
  switch (country) {
    case 'SA':
      return `9665${pick(random, ['0', '3', '4', '5', '6', '9'])}${digits(random, 7)}`
    case 'AE':
      return `9715${pick(random, ['0', '2', '4', '5', '6', '8'])}${digits(random, 7)}`
    case 'KW':
      return `965${pick(random, ['50', '60', '66', '97', '99'])}${digits(random, 6)}`
    case 'EG':
      return `201${pick(random, ['0', '1', '2', '5'])}${digits(random, 8)}`
    case 'GB':
      return `447700900${String(between(random, 0, 999)).padStart(3, '0')}`
    case 'PT':
      return `3519${pick(random, ['1', '2', '3', '6'])}${digits(random, 7)}`
    case 'IN':
      return `91${pick(random, ['98', '97', '90', '88'])}${digits(random, 8)}`
    default:
      country satisfies never
      throw new Error(`No such country: ${String(country)}`)
  }
}
