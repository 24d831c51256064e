import type { Scenario, ScenarioAct, ScenarioCustomer } from '../scenario.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The shop's numbers, by country: what Meta offers differs with it. */
const BUSINESSES = {
  SA: { phone: '966500000001', displayPhone: '+966 50 000 0001' },
  IN: { phone: '919000000001', displayPhone: '+91 90000 00001' },
  BR: { phone: '5511900000001', displayPhone: '+55 11 90000 0001' },
} as const

/** Three people, one chat each, something in every phase of the history: small enough to read in a test. */
export function makeTiny(wish: { readonly seed: number; readonly country?: unknown }): Scenario {
  const country = wish.country === 'IN' || wish.country === 'BR' ? wish.country : 'SA'
  return {
    name: 'tiny',
    seed: wish.seed,
    business: { verifiedName: 'Tiny Shop', ...BUSINESSES[country], country },
    customers: CUSTOMERS,
    acts: ACTS,
  }
}

const CUSTOMERS: readonly ScenarioCustomer[] = [
  {
    key: 'c1',
    profileName: 'نورة',
    language: 'ar',
    phone: '966511111111',
    userId: 'SA.1349120865530201',
    username: null,
    addressBookName: 'نورة العتيبي',
  },
  {
    key: 'c2',
    profileName: 'Sam Rivers',
    language: 'en',
    phone: '966522222222',
    userId: 'SA.1349120865530202',
    username: 'sam.rivers',
    addressBookName: null,
  },
  {
    key: 'c3',
    profileName: 'Lina',
    language: 'en',
    phone: null,
    userId: 'SA.1349120865530203',
    username: 'lina_k',
    addressBookName: 'Lina K',
  },
]

const ACTS: readonly ScenarioAct[] = [
  text('old', -120 * DAY_MS, 'c2', 'customer', 'Do you sell lamps?'),
  text('old-answer', -120 * DAY_MS + HOUR_MS, 'c2', 'phone', 'We do, come by.'),
  text('spring', -20 * DAY_MS, 'c1', 'customer', 'السلام عليكم، هل وصلت الطلبية؟'),
  {
    atOffsetMs: -20 * DAY_MS + 60_000,
    customer: 'c1',
    by: 'phone',
    do: 'send',
    key: 'photo-old',
    message: { type: 'image', fileSeed: 1, caption: 'هذه' },
  },
  {
    atOffsetMs: -5 * DAY_MS,
    customer: 'c1',
    by: 'customer',
    do: 'send',
    key: 'photo',
    message: { type: 'image', fileSeed: 2, caption: 'مثل هذه' },
  },
  {
    atOffsetMs: -5 * DAY_MS + 60_000,
    customer: 'c1',
    by: 'phone',
    do: 'send',
    key: 'voice',
    message: { type: 'audio', fileSeed: 3, voice: true, seconds: 4 },
  },
  { atOffsetMs: -5 * DAY_MS + 90_000, customer: 'c1', by: 'customer', do: 'react', targetKey: 'voice', emoji: '❤️' },
  text('today', -6 * HOUR_MS, 'c3', 'customer', 'Hi, are you open?'),
  text('today-answer', -5 * HOUR_MS, 'c3', 'phone', 'Until ten.'),
  text('live', 5_000, 'c1', 'customer', 'شكرا!'),
  text('live-answer', 9_000, 'c1', 'phone', 'عفوا'),
  { atOffsetMs: 12_000, customer: 'c2', by: 'customer', do: 'call', seconds: 84 },
]

function text(key: string, atOffsetMs: number, customer: string, by: 'customer' | 'phone', body: string): ScenarioAct {
  return { atOffsetMs, customer, by, do: 'send', key, message: { type: 'text', body } }
}
