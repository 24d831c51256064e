import { createHmac } from 'node:crypto'

/** The number that the bench pretends to have connected. */
export interface BenchNumber {
  readonly wabaId: string
  readonly phoneNumberId: string
  /** Digits with country code. */
  readonly phone: string
}

export const BENCH_NUMBER: BenchNumber = {
  wabaId: '102290129340398',
  phoneNumberId: '106540352242922',
  phone: '966551230000',
}

/** One message, as both the loader (who sends it) and the judge (who looks for it) know it. */
export interface SentMessage {
  readonly wamid: string
  /** The customer's number, digits. */
  readonly phone: string
  readonly userId: string
  readonly by: 'customer' | 'phone'
  /** Whole seconds. */
  readonly atMs: number
  readonly body: string
}

type Json = Readonly<Record<string, unknown>>

/** A webhook with these messages of customers in one change. */
export function messagesWebhook(number: BenchNumber, messages: readonly SentMessage[]): Json {
  return envelope(number, [messagesChange(number, messages)])
}

/** The change alone, for webhooks that carry several. */
export function messagesChange(number: BenchNumber, messages: readonly SentMessage[]): Json {
  return change('messages', {
    ...head(number),
    contacts: messages.map((message) => ({
      profile: { name: `Customer ${message.phone.slice(-6)}` },
      wa_id: message.phone,
      user_id: message.userId,
    })),
    messages: messages.map((message) => ({
      from: message.phone,
      from_user_id: message.userId,
      id: message.wamid,
      timestamp: String(message.atMs / 1000),
      text: { body: message.body },
      type: 'text',
    })),
  })
}

/** What the owner wrote on the phone after connecting. */
export function echoWebhook(number: BenchNumber, messages: readonly SentMessage[]): Json {
  const echoes = messages.map((message) => ({
    from: number.phone,
    to: message.phone,
    to_user_id: message.userId,
    id: message.wamid,
    timestamp: String(message.atMs / 1000),
    type: 'text',
    text: { body: message.body },
  }))
  return envelope(number, [change('smb_message_echoes', { ...head(number), message_echoes: echoes })])
}

export interface HistoryChunk {
  readonly phase: number
  readonly order: number
  readonly progressPercent: number
  readonly threads: readonly {
    readonly phone: string
    readonly userId: string
    readonly messages: readonly SentMessage[]
  }[]
}

/** One chunk of the past. Source of the form: Meta's reference of the `history` webhook. */
export function historyWebhook(number: BenchNumber, chunk: HistoryChunk): Json {
  const threads = chunk.threads.map((thread) => ({
    id: thread.phone,
    context: { wa_id: thread.phone, user_id: thread.userId },
    messages: thread.messages.map((message) => ({
      from: message.by === 'customer' ? message.phone : number.phone,
      ...(message.by === 'customer' ? {} : { to: message.phone }),
      id: message.wamid,
      timestamp: String(message.atMs / 1000),
      type: 'text',
      text: { body: message.body },
      history_context: { status: 'READ' },
    })),
  }))
  const metadata = { phase: chunk.phase, chunk_order: chunk.order, progress: chunk.progressPercent }
  return envelope(number, [change('history', { ...head(number), history: [{ metadata, threads }] })])
}

/** How far one message has come, as Meta tells it. Source of the form: Meta's reference of the `statuses` object. */
export function statusWebhook(
  number: BenchNumber,
  of: { wamid: string; phone: string; status: 'sent' | 'delivered' | 'read'; atMs: number; callbackData: string },
): Json {
  const status = {
    id: of.wamid,
    status: of.status,
    timestamp: String(Math.floor(of.atMs / 1000)),
    recipient_id: of.phone,
    biz_opaque_callback_data: of.callbackData,
    pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' },
  }
  return envelope(number, [change('messages', { ...head(number), statuses: [status] })])
}

/** The phone's address book. */
export function contactsWebhook(
  number: BenchNumber,
  people: readonly { phone: string; name: string; atMs: number }[],
): Json {
  const sync = people.map((person) => ({
    type: 'contact',
    contact: { full_name: person.name, first_name: person.name, phone_number: person.phone },
    action: 'add',
    metadata: { timestamp: String(person.atMs / 1000) },
  }))
  return envelope(number, [change('smb_app_state_sync', { ...head(number), state_sync: sync })])
}

/** Several entries, each with its changes. */
export function entriesWebhook(number: BenchNumber, entries: readonly (readonly Json[])[]): Json {
  return { object: 'whatsapp_business_account', entry: entries.map((changes) => ({ id: number.wabaId, changes })) }
}

/** Bytes as Meta sends them: non-ASCII as `\u` escapes, slashes escaped. */
export function webhookBytes(webhook: Json): Buffer {
  const ascii = JSON.stringify(webhook)
    .replaceAll('/', '\\/')
    .replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return Buffer.from(ascii, 'latin1')
}

/** Value of the header `X-Hub-Signature-256`. */
export function signatureOf(bytes: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`
}

function envelope(number: BenchNumber, changes: readonly Json[]): Json {
  return entriesWebhook(number, [changes])
}

function change(field: string, value: Json): Json {
  return { value, field }
}

function head(number: BenchNumber): Json {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.phone, phone_number_id: number.phoneNumberId },
  }
}
