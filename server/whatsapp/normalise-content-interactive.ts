import type { CallPermissionContent, FormReplyContent, MessageContent } from '../../contract/message-content.ts'
import { flag, id, keepable, list, record, text, timeMs, type WireRecord, words } from './wire.ts'

/**
 * Takes an `interactive` message: what the customer pressed or filled in, or (in echoes and history) what we offered.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/interactive
 */
export function readInteractive(message: WireRecord): MessageContent | null {
  const wire = record(message.interactive)
  if (wire === null) return null
  switch (wire.type) {
    case 'button_reply':
      return readChoice('button', record(wire.button_reply))
    case 'list_reply':
      return readChoice('list', record(wire.list_reply))
    case 'nfm_reply':
      return readForm(record(wire.nfm_reply))
    case 'call_permission_reply':
      return readCallPermission(record(wire.call_permission_reply))
    default:
      return readOffer(wire)
  }
}

/** Whether a kind of interactive message is a customer's reply this version knows. */
export function isInteractiveReply(kind: string): boolean {
  return kind === 'button_reply' || kind === 'list_reply' || kind === 'nfm_reply' || kind === 'call_permission_reply'
}

/** Takes a `button` message: the quick reply of a template was pressed. */
export function readTemplateButton(message: WireRecord): MessageContent | null {
  const wire = record(message.button)
  const title = words(wire?.text) ?? words(wire?.payload)
  return title === null ? null : { type: 'choice', from: 'template', choiceId: words(wire?.payload) ?? title, title }
}

function readChoice(from: 'button' | 'list', wire: WireRecord | null): MessageContent | null {
  const choiceId = words(wire?.id)
  const title = text(wire?.title)
  if (choiceId === null || title === null) return null
  const description = words(wire?.description)
  return { type: 'choice', from, choiceId, title, ...(description !== null && { description }) }
}

function readForm(wire: WireRecord | null): FormReplyContent | null {
  if (wire === null) return null
  const answers = wire.response_json === undefined ? null : wire.response_json
  return {
    type: 'form_reply',
    name: words(wire.name) ?? '',
    body: text(wire.body) ?? '',
    answers: keepable(typeof answers === 'string' ? parseAnswers(answers) : answers),
  }
}

/** The answers are JSON inside JSON, made by a form of the business: it may hold anything. */
function parseAnswers(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

function readCallPermission(wire: WireRecord | null): CallPermissionContent | null {
  if (wire === null || (wire.response !== 'accept' && wire.response !== 'reject')) return null
  const cause = words(wire.response_source)
  return {
    type: 'call_permission',
    response: wire.response,
    permanent: flag(wire.is_permanent) ?? false,
    expiresAtMs: timeMs(wire.expiration_timestamp),
    ...(cause !== null && { cause }),
  }
}

function readOffer(wire: WireRecord): MessageContent | null {
  const kind = words(wire.type)
  // A product that a customer sends has no action: catalogue and product stand under its own name.
  const action = record(wire.action) ?? (kind === 'product' ? record(wire.product) : null)
  if (kind === null || action === null) return null
  const catalogId = id(action.catalog_id)
  const productId = id(action.product_retailer_id)
  const header = words(record(wire.header)?.text)
  const body = words(record(wire.body)?.text)
  const footer = words(record(wire.footer)?.text)
  return {
    type: 'interactive',
    kind,
    ...(catalogId !== null && { catalogId }),
    ...(productId !== null && { productId }),
    ...(header !== null && { header }),
    ...(body !== null && { body }),
    ...(footer !== null && { footer }),
    buttons: buttonsOf(action),
  }
}

/** Titles of reply buttons, of the list's button, or of the one link. */
function buttonsOf(action: WireRecord): string[] {
  const parameters = record(action.parameters)
  const titles = (list(action.buttons) ?? []).map((button) => words(record(record(button)?.reply)?.title))
  return [...titles, words(action.button), words(parameters?.display_text), words(parameters?.flow_cta)].filter(
    (title) => title !== null,
  )
}
