import { between, digits, happens, pick, type Random } from '../seeded-random.ts'
import type { Dialogue, Language } from './shop-dialogue.ts'
import { anyProduct, type Product, type Size } from './shop-goods.ts'
import type { ShopPerson } from './shop-people.ts'

/** Riyadh is three hours ahead of UTC, all year. */
export const RIYADH_OFFSET_MS = 3 * 3_600_000
/** Riyals. */
const DELIVERY_HOME = 25
const DELIVERY_GULF = 45
const DELIVERY_FAR = 75
const GIFT_WRAPPING = 35

/** What one telling of a dialogue is about. */
export interface Telling {
  readonly language: Language
  readonly gender: 'm' | 'f'
  readonly product: Product
  readonly size: Size
  readonly second: Product
  readonly district: { readonly ar: string; readonly en: string }
  readonly words: Readonly<Record<string, string>>
}

/** Draws products, names and numbers for one telling of a dialogue with this person, begun at `startMs`. */
export function tell(random: Random, dialogue: Dialogue, person: ShopPerson, startMs: number): Telling {
  const language: Language = dialogue.language === 'en' ? 'en' : 'ar'
  const product = anyProduct(random, dialogue.goods)
  const size = pick(random, product.sizes)
  let second = anyProduct(random, dialogue.goods)
  while (second === product) second = anyProduct(random)
  const district = pick(random, person.city.districts)
  const secondSize = second.sizes[0] as Size
  const [salam, salamBack] = greeting(random, language, startMs)
  const words: Record<string, string> = {
    salam,
    salamBack,
    name: language === 'ar' ? person.calledAr : person.calledEn,
    product: product[language],
    size: size[language],
    sizes: product.sizes
      .map((each) => (language === 'ar' ? `${each.ar} بـ${each.price} ريال` : `${each.en} for SAR ${each.price}`))
      .join(language === 'ar' ? '، ' : ', '),
    price: String(size.price),
    product2: second[language],
    size2: secondSize[language],
    city: person.city[language],
    district: district[language],
    total: String(size.price + DELIVERY_HOME),
    giftTotal: String(size.price + GIFT_WRAPPING + DELIVERY_HOME),
    pairTotal: String(size.price + secondSize.price),
    basket: String(size.price + secondSize.price),
    abroadTotal: String(size.price + DELIVERY_GULF),
    farTotal: String(size.price + DELIVERY_FAR),
    order: String(between(random, 10_200, 19_800)),
    tracking: digits(random, 10),
    courier: courier(random, person.city.country === 'SA', language),
    days: pick(
      random,
      language === 'ar'
        ? ['يوم إلى يومين', 'يومين', 'يومين إلى ثلاثة أيام']
        : ['one to two days', 'two days', 'two to three days'],
    ),
    occasion: pick(random, OCCASIONS[language]),
    recipient: pick(random, RECIPIENTS[language]),
  }
  return { language, gender: person.gender, product, size, second, district, words }
}

/** The text with its slots filled; throws for a slot nobody knows, so that no braces ever reach a customer. */
export function fill(telling: Telling, text: string): string {
  return text.replace(/\{([^{}]+)\}/g, (_whole, slot: string) => {
    const word = telling.words[slot]
    if (word !== undefined) return word
    const [male, female] = slot.split('|')
    if (male !== undefined && female !== undefined) return telling.gender === 'm' ? male : female
    const [masculine, feminine] = slot.split('~')
    if (masculine !== undefined && feminine !== undefined)
      return telling.product.arGender === 'm' ? masculine : feminine
    throw new Error(`Unknown slot {${slot}}`)
  })
}

const OCCASIONS = {
  ar: ['عيد ميلاد أمي', 'زواج صديقتي', 'تخرج أختي', 'مولود جديد', 'خطوبة أخوي', 'نزول بيت جديد'],
  en: ['my mother’s birthday', 'a wedding', 'a graduation', 'our anniversary', 'a new baby', 'a housewarming'],
}
const RECIPIENTS = {
  ar: ['أمي', 'أختي', 'صديقتي', 'زميلتي في العمل', 'خالتي', 'معلمة بنتي'],
  en: ['my mother', 'my sister', 'a friend', 'a colleague', 'my wife', 'my aunt'],
}

function courier(random: Random, home: boolean, language: Language): string {
  if (!home) return language === 'ar' ? pick(random, ['أرامكس', 'دي إتش إل']) : pick(random, ['Aramex', 'DHL'])
  return language === 'ar' ? pick(random, ['سمسا', 'أرامكس', 'سبل']) : pick(random, ['SMSA', 'Aramex', 'SPL'])
}

/** A greeting and the answer that belongs to it. */
function greeting(random: Random, language: Language, atMs: number): readonly [string, string] {
  const hour = new Date(atMs + RIYADH_OFFSET_MS).getUTCHours()
  const morning = hour >= 4 && hour < 12
  if (language === 'en') {
    if (happens(random, 0.15)) return ['Salam', 'Wa alaikum assalam']
    const byHour = morning ? 'Good morning' : hour >= 12 && hour < 17 ? 'Good afternoon' : 'Good evening'
    return pick(random, [
      ['Hi', 'Hi'],
      ['Hello', 'Hello'],
      ['Hi there', 'Hello'],
      [byHour, byHour],
    ] as const)
  }
  const byHour = morning ? (['صباح الخير', 'صباح النور'] as const) : (['مساء الخير', 'مساء النور'] as const)
  return pick(random, [
    ['السلام عليكم', 'وعليكم السلام'],
    ['السلام عليكم', 'وعليكم السلام'],
    ['السلام عليكم ورحمة الله', 'وعليكم السلام ورحمة الله'],
    byHour,
    ['هلا والله', 'يا هلا'],
  ] as const)
}
