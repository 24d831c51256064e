import type { ScenarioAct, ScenarioMessage, ScenarioReferral } from '../scenario.ts'
import { between, pick, type Random } from '../seeded-random.ts'
import type { Dialogue, Speaker, Step } from './shop-dialogue.ts'
import { CATALOG_ID } from './shop-goods.ts'
import type { ShopPerson } from './shop-people.ts'
import { SHOP_PLACE } from './shop-places.ts'
import { fill, type Telling, tell } from './shop-slots.ts'

/** An act without its time, and how long its author waits before it. */
export interface Line {
  readonly act: UntimedAct
  readonly wait: Wait
}
type WithoutTime<T> = T extends unknown ? Omit<T, 'atOffsetMs'> : never
type UntimedAct = WithoutTime<ScenarioAct>
/** `burst`: at once, as an album is sent. `correct`: within minutes, well inside the 15 WhatsApp allows for an edit. */
export type Wait =
  | { readonly kind: 'answer' | 'follow' | 'burst' | 'react' | 'correct' }
  | { readonly kind: 'later'; readonly hours: number }

/** Files a scenario may draw; few enough that the simulator can keep them. */
const FILE_SEEDS = 400

/**
 * One telling of a dialogue with a person, as acts in order; `key` starts the keys of all messages in it. What an act
 * refers to always comes before it.
 */
export function script(random: Random, dialogue: Dialogue, person: ShopPerson, key: string, startMs: number): Line[] {
  const telling = tell(random, dialogue, person, startMs)
  const lines: Line[] = []
  /** The last message of each step, for quotes and reactions. */
  const sent: string[] = []
  let before: Speaker | null = null
  let referral = dialogue.ad ? referralOf(telling) : undefined
  for (const step of dialogue.steps) {
    const target = sent.at(-((step.part === 'react' ? step.back : step.quotes) ?? 1)) ?? sent.at(-1)
    const common = { customer: person.customer.key, by: step.by }
    if (step.part === 'react') {
      if (target === undefined) throw new Error(`${dialogue.name}: a reaction to nothing`)
      lines.push({ act: { ...common, do: 'react', targetKey: target, emoji: step.emoji }, wait: { kind: 'react' } })
      continue
    }
    const messages = messagesOf(random, telling, person, step)
    messages.forEach((message, index) => {
      const messageKey = `${key}.${sent.length + 1}${index === 0 ? '' : `.${index + 1}`}`
      const quoteKey = index === 0 && step.quotes !== undefined ? target : undefined
      const wait: Wait = index > 0 ? { kind: 'burst' } : waitBefore(random, step, before)
      lines.push({
        act: {
          ...common,
          do: 'send',
          key: messageKey,
          message,
          ...(quoteKey && { quoteKey }),
          ...(referral && { referral }),
        },
        wait,
      })
      referral = undefined
      if (index === messages.length - 1) sent.push(messageKey)
    })
    const last = sent.at(-1) as string
    if (step.part === 'edited')
      lines.push({
        act: { ...common, do: 'edit', targetKey: last, text: fill(telling, step.corrected) },
        wait: { kind: 'correct' },
      })
    if (step.part === 'withdrawn')
      lines.push({ act: { ...common, do: 'delete', targetKey: last }, wait: { kind: 'correct' } })
    before = step.by
  }
  return lines
}

function waitBefore(random: Random, step: Step, before: Speaker | null): Wait {
  if (step.afterHours) {
    const [least, most] = step.afterHours
    return { kind: 'later', hours: least + random() * (most - least) }
  }
  return { kind: before === step.by ? 'follow' : 'answer' }
}

function messagesOf(random: Random, telling: Telling, person: ShopPerson, step: Step): ScenarioMessage[] {
  const fileSeed = between(random, 1, FILE_SEEDS)
  const caption = (text: string | null) => (text === null ? {} : { caption: fill(telling, text) })
  switch (step.part) {
    case 'text':
      return [{ type: 'text', body: fill(telling, pick(random, step.variants)) }]
    case 'edited':
      return [{ type: 'text', body: fill(telling, step.first) }]
    case 'withdrawn':
      return [{ type: 'text', body: fill(telling, step.text) }]
    case 'photo':
      return [{ type: 'image', fileSeed, ...caption(step.caption) }]
    case 'video':
      return [{ type: 'video', fileSeed, ...caption(step.caption) }]
    case 'album':
      return Array.from({ length: step.count }, (_value, index) => ({
        type: 'image',
        fileSeed: fileSeed + index,
        ...caption(index === 0 ? step.caption : null),
      }))
    case 'voice':
      return [{ type: 'audio', fileSeed, voice: true, seconds: between(random, ...step.seconds) }]
    case 'document':
      return [{ type: 'document', fileSeed, filename: fill(telling, step.filename), ...caption(step.caption) }]
    case 'sticker':
      return [{ type: 'sticker', fileSeed }]
    case 'place':
      return [placeOf(random, telling, person, step.by)]
    case 'card':
      return [{ type: 'contacts', name: step.name, phone: `9665${between(random, 50_000_000, 59_999_999)}` }]
    case 'poll':
      return [{ type: 'unsupported', what: 'poll_creation' }]
    case 'basket':
      return [basketOf(telling, step.note)]
    case 'react':
      return []
    default:
      step satisfies never
      return []
  }
}

function placeOf(random: Random, telling: Telling, person: ShopPerson, by: Speaker): ScenarioMessage {
  const { language } = telling
  if (by === 'phone')
    return { type: 'location', latitude: SHOP_PLACE.latitude, longitude: SHOP_PLACE.longitude, ...SHOP_PLACE[language] }
  const scatter = () => Math.round((random() - 0.5) * 1e5) / 1e6
  return {
    type: 'location',
    latitude: Math.round((person.city.latitude + scatter()) * 1e6) / 1e6,
    longitude: Math.round((person.city.longitude + scatter()) * 1e6) / 1e6,
    address:
      language === 'ar' ? `حي ${telling.district.ar}، ${person.city.ar}` : `${telling.district.en}, ${person.city.en}`,
  }
}

function basketOf(telling: Telling, note: string | null): ScenarioMessage {
  const item = (productId: string, price: number) => ({ productId, quantity: 1, price, currency: 'SAR' })
  const items = [
    item(telling.product.id, telling.size.price),
    item(telling.second.id, telling.second.sizes[0]?.price ?? 0),
  ]
  return { type: 'order', catalogId: CATALOG_ID, ...(note !== null && { text: fill(telling, note) }), items }
}

function referralOf(telling: Telling): ScenarioReferral {
  const sourceId = `12021${telling.words['tracking']}`
  return {
    sourceId,
    sourceUrl: `https://fb.me/${sourceId.slice(-9)}`,
    headline:
      telling.language === 'ar' ? `${telling.product.ar} – عرض الأسبوع` : `${telling.product.en}: offer of the week`,
    body:
      telling.language === 'ar'
        ? 'عطور من قلب الطائف. توصيل مجاني لهذا الأسبوع فقط.'
        : 'Perfumes from the heart of Taif. Free delivery this week only.',
  }
}
