import { pickWeighted, type Random } from '../seeded-random.ts'
import type { Dialogue } from './shop-dialogue.ts'
import { arabicCare } from './shop-dialogues-ar-care.ts'
import { arabicOrders } from './shop-dialogues-ar-orders.ts'
import { english } from './shop-dialogues-en.ts'
import { mixed } from './shop-dialogues-mixed.ts'
import type { ShopPerson } from './shop-people.ts'

/** Share of conversations that begin with an advertisement, relative to each other kind. */
const AD_SHARE = 0.5

/** Everything people talk about with the shop. */
export const shopDialogues: readonly Dialogue[] = [...arabicOrders, ...arabicCare, ...english, ...mixed]

/** A dialogue that suits this person; with `ad`, one that began with an advertisement. */
export function suitable(random: Random, person: ShopPerson, ad = false): Dialogue {
  return pickWeighted(
    random,
    shopDialogues.filter((dialogue) => suits(dialogue, person) && (dialogue.ad || !ad)),
    (dialogue) => (dialogue.ad && !ad ? dialogue.weight * AD_SHARE : dialogue.weight),
  )
}

/** Whether this person could have this conversation: language, country. */
export function suits(dialogue: Dialogue, person: ShopPerson): boolean {
  const home = person.city.country === 'SA'
  return (
    (dialogue.language === person.customer.language || (dialogue.language === 'mixed' && person.bilingual)) &&
    (dialogue.where === 'anywhere' || (dialogue.where === 'home') === home) &&
    (dialogue.countries === undefined || dialogue.countries.includes(person.city.country))
  )
}
