import { wamidSubject } from '../accounts/identity.ts'
import { graphId, wamid } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { type ChatEntry, type MessageBody, newEntry } from '../chat/entry.ts'
import type { Category, Outgoing } from '../chat/outgoing.ts'
import { openFreeEntryPoint } from '../chat/pricing.ts'
import { planStatuses } from '../chat/statuses.ts'
import { addEntry, chatOf } from '../chat/store.ts'
import { UPLOAD_MEDIA_MS } from '../media/store.ts'
import { stayActive } from '../templates/archive.ts'
import type { Template } from '../templates/template.ts'
import type { World } from '../world.ts'
import { isPart, type Part } from './check.ts'
import type { SendType } from './check-message.ts'
import { fetchLink } from './link.ts'
import { takePlace } from './messaging-limit.ts'
import { takeThread } from './ownership.ts'
import { isOnWhatsApp, type Recipient } from './recipient.ts'
import { renderTemplate } from './template-parameters.ts'

/** A message that passed all checks. */
export interface Checked {
  readonly type: SendType
  readonly input: Part
  readonly recipient: Recipient
  readonly template: Template | null
  /** A code to fail with later, wished by a tester. */
  readonly failLater: number | null
}

/** Marketing that WhatsApp holds back; Meta asks for a day of rest, and what is sent within it is held back as well. */
const MARKETING_HELD = 131049
const MARKETING_REST_MS = 86_400_000

/** Takes a message on: it appears on the phone, its statuses will come; gives the answer to the call. */
export async function acceptMessage(
  world: World,
  number: BusinessNumber,
  message: Checked,
): Promise<Record<string, unknown>> {
  const { recipient, input, type } = message
  const { customer } = recipient
  const nowMs = world.clock.nowMs()
  const id = wamid(world.chance, wamidSubject(customer), true)
  const callbackData = typeof input.biz_opaque_callback_data === 'string' ? input.biz_opaque_callback_data : null
  const { body, linkFailed } = await bodyOf(world, number, message)
  const quoteWamid =
    isPart(input.context) && typeof input.context.message_id === 'string' ? input.context.message_id : null
  const entry = newEntry({
    wamid: id,
    customerKey: customer.key,
    by: 'api',
    atMs: nowMs,
    body,
    quoteWamid,
    ticks: 'pending',
  })
  number.accepted.push({ wamid: id, atMs: nowMs, to: recipient.input, callbackData, body: input })
  world.counters.add('api_messages')
  const account = world.accounts.get(number.accountId)
  if (message.template && account) stayActive(world, account, message.template)
  takeThread(world, number, customer)
  show(number, entry, input)
  world.chatChanged(number.id, customer.key)
  const failure =
    message.failLater ??
    failureOf(world, number, message, entry) ??
    (linkFailed ? 131053 : isFedUp(number, message, nowMs) ? MARKETING_HELD : null)
  if (failure === MARKETING_HELD) number.limits.marketingHeldAtMs.set(customer.key, nowMs)
  const atOnce =
    failure === null && world.chance.ratio('statusFirst', id) < world.settings.faults.statusBeforeResponseRatio
  const voice = type === 'audio' && isPart(input.audio) && input.audio.voice === true
  const template = message.template === null ? {} : { templateId: message.template.id }
  const about = { category: categoryOf(message), byUserId: recipient.byUserId, voice, ...template }
  const out = { entry, customer, callbackData, ...about }
  const held = message.template !== null && world.chance.ratio('held', id) < world.settings.faults.templateHeldRatio
  if (held) holdBack(world, number, out, failure)
  else planStatuses(world, number, out, failure, atOnce)
  const contact = recipient.byUserId
    ? { input: recipient.input, user_id: recipient.input }
    : { input: recipient.input, wa_id: customer.phone }
  const state = message.template ? { message_status: held ? 'held_for_quality_assessment' : 'accepted' } : {}
  return { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id, ...state }] }
}

/** Milliseconds that a template waits for how others took it; Meta says nothing about how long. */
const HELD_MS = 600_000
const DROPPED_RATIO = 0.5

/** Pacing: once held back, a message is sent after all, or dropped because its template was paused. */
function holdBack(world: World, number: BusinessNumber, out: Outgoing, failure: number | null): void {
  const dropped = world.chance.ratio('dropped', out.entry.wamid) < DROPPED_RATIO
  world.clock.at(world.clock.nowMs() + HELD_MS, () =>
    planStatuses(world, number, out, dropped ? 132015 : failure, false),
  )
}

/** A reaction changes its target; everything else is a message of its own. */
function show(number: BusinessNumber, entry: ChatEntry, input: Part): void {
  if (entry.body.type !== 'reaction') {
    openFreeEntryPoint(addEntry(number, entry), entry.atMs)
    chatOf(number, entry.customerKey).unread = 0
    return
  }
  const { message_id: targetId, emoji } = input.reaction as { message_id: string; emoji: string }
  const target = number.entries.get(targetId)
  if (target) target.businessReaction = emoji === '' ? null : emoji
}

/** What goes wrong after the answer: the recipient is not on WhatsApp, the window is closed, the messaging limit used up. */
function failureOf(world: World, number: BusinessNumber, message: Checked, entry: ChatEntry): number | null {
  if (!isOnWhatsApp(message.recipient.customer)) return 131026
  const account = world.accounts.get(number.accountId)
  if (message.template) return account ? takePlace(account, number, entry.customerKey, entry.atMs) : null
  return chatOf(number, entry.customerKey).windowUntilMs > entry.atMs ? null : 131047
}

/** Whether WhatsApp has held marketing back from this customer within a day. */
function isFedUp({ limits }: BusinessNumber, { template, recipient }: Checked, nowMs: number): boolean {
  const heldAtMs = limits.marketingHeldAtMs.get(recipient.customer.key)
  return template?.category === 'MARKETING' && heldAtMs !== undefined && nowMs - heldAtMs < MARKETING_REST_MS
}

function categoryOf(message: Checked): Category | null {
  if (message.type === 'reaction') return null
  return message.template ? (message.template.category.toLowerCase() as Category) : 'service'
}

async function bodyOf(
  world: World,
  number: BusinessNumber,
  message: Checked,
): Promise<{ body: MessageBody; linkFailed: boolean }> {
  const { type, input, template } = message
  const part = input[type]
  if (template && isPart(part))
    return { body: { type, template: part, text: { body: renderTemplate(template, part) } }, linkFailed: false }
  if (!isPart(part)) return { body: { type, [type]: part }, linkFailed: false }
  if (typeof part.id === 'string')
    return { body: { type, [type]: { ...part, mime_type: world.media.get(part.id)?.mime } }, linkFailed: false }
  if (typeof part.link !== 'string') return { body: { type, [type]: part }, linkFailed: false }
  const file = await fetchLink(part.link)
  if (file === null || file === 'elsewhere') return { body: { type, [type]: part }, linkFailed: file === null }
  const { bytes, mime } = file
  const media = world.media.add({
    id: graphId(world.chance),
    numberId: number.id,
    mime,
    filename: null,
    source: { from: 'upload', bytes },
    expiresAtMs: world.clock.nowMs() + UPLOAD_MEDIA_MS,
  })
  return { body: { type, [type]: { ...part, id: media.id, mime_type: mime } }, linkFailed: false }
}
