import type { Scenario } from '../scenario.ts'
import { shopHistory } from './shop-history.ts'
import { shopLive } from './shop-live.ts'
import { shopPeople } from './shop-people.ts'

/**
 * The demonstration: «ورد الطائف | Taif Rose», a perfume and gift shop in Riyadh with some 370 customers, half a year of
 * conversations in Arabic and English, and half an hour of new ones. `nowMs` is the instant of offset 0 (the phone is
 * connected), so that days and nights, weekdays and weekends fall where they do in Riyadh. Same seed and instant, same shop.
 */
export function shopScenario({ seed, nowMs }: { readonly seed: number; readonly nowMs: number }): Scenario {
  const people = shopPeople(seed)
  const acts = [...shopHistory(seed, people, nowMs), ...shopLive(seed, people, nowMs)]
  return {
    name: 'shop',
    seed,
    business: {
      verifiedName: 'ورد الطائف | Taif Rose',
      phone: '966551234567',
      displayPhone: '+966 55 123 4567',
      country: 'SA',
    },
    customers: people.map((person) => person.customer),
    acts: acts.sort((a, b) => a.atOffsetMs - b.atOffsetMs),
  }
}
