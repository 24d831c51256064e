import type { ContactCard, ContactsContent } from '../../contract/message-content.ts'
import { list, phone, record, type WireRecord, words } from './wire.ts'

type CardPhone = ContactCard['phones'][number]

/**
 * Takes a `contacts` message, gives its cards. The answer to a request for contact details carries
 * `origin: "contact_request"` and a vCard; Meta's revisions put the origin in different places, all are understood.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/contacts
 */
export function readCards(message: WireRecord): ContactsContent | null {
  const wires = list(message.contacts) ?? (record(message.contacts) === null ? null : [message.contacts])
  if (wires === null || wires.length === 0) return null
  const cards: ContactCard[] = []
  let requested = isRequested(message)
  for (const entry of wires) {
    const wire = record(entry)
    if (wire === null) return null
    cards.push(readCard(wire))
    requested ||= isRequested(wire)
  }
  return { type: 'contacts', cards, ...(requested && { requested }) }
}

function isRequested(wire: WireRecord): boolean {
  return wire.origin === 'contact_request' || record(wire.context)?.origin === 'contact_request'
}

function readCard(wire: WireRecord): ContactCard {
  const vcard = readVcard(words(wire.vcard) ?? '')
  const name = record(wire.name)
  const parts = [words(name?.first_name), words(name?.middle_name), words(name?.last_name)].filter(
    (part) => part !== null,
  )
  const phones = readPhones(wire.phones)
  const org = record(wire.org)
  const organisation = words(org?.company)
  const position = joined([org?.title, org?.department])
  const addresses = (list(wire.addresses) ?? []).map(readAddress).filter((line) => line !== null)
  const urls = (list(wire.urls) ?? []).map((entry) => words(record(entry)?.url)).filter((url) => url !== null)
  const birthday = words(wire.birthday)
  return {
    name: words(name?.formatted_name) ?? (parts.length > 0 ? parts.join(' ') : (words(wire.name) ?? vcard.name)),
    phones: phones.length > 0 ? phones : vcard.phones,
    emails: readEmails(wire.emails),
    ...(organisation !== null && { organisation }),
    ...(position !== null && { position }),
    ...(addresses.length > 0 && { addresses }),
    ...(urls.length > 0 && { urls }),
    ...(birthday !== null && { birthday }),
  }
}

function readPhones(value: unknown): CardPhone[] {
  const phones: CardPhone[] = []
  for (const entry of list(value) ?? []) {
    const wire = record(entry)
    const waId = phone(wire?.wa_id)
    // As the card's owner wrote it: it may be a local number, which digits alone would not show.
    const written = words(wire?.phone) ?? waId
    const label = words(wire?.type)
    if (written !== null)
      phones.push({ phone: written, ...(waId !== null && { waId }), ...(label !== null && { label }) })
  }
  return phones
}

function readEmails(value: unknown): string[] {
  const emails: string[] = []
  for (const entry of list(value) ?? []) {
    const email = words(record(entry)?.email)
    if (email !== null) emails.push(email)
  }
  return emails
}

function readAddress(entry: unknown): string | null {
  const wire = record(entry)
  return joined([wire?.street, wire?.city, wire?.state, wire?.zip, wire?.country ?? wire?.country_code])
}

function joined(values: readonly unknown[]): string | null {
  const parts = values.map(words).filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** Name and numbers of a vCard (RFC 6350: `FN` and `TEL`; WhatsApp adds `waid=`). Everything else is left. */
function readVcard(vcard: string): { name: string; phones: CardPhone[] } {
  let name = ''
  const phones: CardPhone[] = []
  for (const line of vcard.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const property = line.slice(0, colon)
    const value = line.slice(colon + 1).trim()
    if (/^(?:\w+\.)?FN(?:;|$)/i.test(property)) name = value
    if (!/^(?:\w+\.)?TEL(?:;|$)/i.test(property) || value === '') continue
    const waId = phone(/;waid=(\d+)/i.exec(property)?.at(1))
    phones.push({ phone: value, ...(waId !== null && { waId }) })
  }
  return { name, phones }
}
