import { contactName } from '../../contract/conversation.ts'
import type { ContactRow } from '../inbox/rows.ts'
import { contactView } from '../inbox/view.ts'
import { BYTE_ORDER_MARK, csvLine, csvTime } from '../platform/text-csv.ts'

/** One contact as the export writes it. Times in Unix milliseconds. */
export interface ExportedContact {
  readonly contact: ContactRow
  readonly createdAtMs: number
  readonly removedOnPhone: boolean
  /** Further phone numbers and user ids, those the customer has given up too. */
  readonly others: readonly string[]
  /** Our numbers on which there is a conversation. */
  readonly numbers: readonly string[]
  readonly lastAtMs: number | null
}

export type ExportLanguage = 'ar' | 'en'

const HEADINGS = {
  en: {
    name: 'Name',
    agentName: 'Name given by the team',
    addressBookName: 'Name in the phone’s address book',
    profileName: 'Name on WhatsApp',
    username: 'Username',
    phone: 'Phone',
    userId: 'User id',
    parentUserId: 'Parent user id',
    others: 'Other phones and ids',
    removed: 'Removed on the phone',
    numbers: 'Conversations on',
    lastAt: 'Last activity (UTC)',
    createdAt: 'Known since (UTC)',
    id: 'Id in Wasl',
  },
  ar: {
    name: 'الاسم',
    agentName: 'الاسم الذي أعطاه الفريق',
    addressBookName: 'الاسم في جهات اتصال الهاتف',
    profileName: 'الاسم في واتساب',
    username: 'اسم المستخدم',
    phone: 'رقم الهاتف',
    userId: 'معرّف المستخدم',
    parentUserId: 'المعرّف الأعلى',
    others: 'أرقام ومعرّفات أخرى',
    removed: 'حُذف من الهاتف',
    numbers: 'محادثات على',
    lastAt: 'آخر نشاط (UTC)',
    createdAt: 'معروف منذ (UTC)',
    id: 'المعرّف في وصل',
  },
} as const satisfies Record<ExportLanguage, Record<string, string>>

const YES = { en: 'yes', ar: 'نعم' } as const

/** The first line of the file. */
export function csvHead(language: ExportLanguage): string {
  return BYTE_ORDER_MARK + csvLine(Object.values(HEADINGS[language]))
}

/** One contact as a line. Phone numbers are digits without plus, as WhatsApp writes them. */
export function csvRow(exported: ExportedContact, language: ExportLanguage): string {
  const { contact, others, numbers, removedOnPhone, lastAtMs, createdAtMs } = exported
  const cells: Record<keyof (typeof HEADINGS)['en'], string | null> = {
    name: contactName(contactView(contact)),
    agentName: contact.agentName,
    addressBookName: contact.addressBookName,
    profileName: contact.profileName,
    username: contact.username,
    phone: contact.phone,
    userId: contact.userId,
    parentUserId: contact.parentUserId,
    others: others.join(' '),
    removed: removedOnPhone ? YES[language] : '',
    numbers: numbers.join('; '),
    lastAt: lastAtMs === null ? '' : csvTime(lastAtMs),
    createdAt: csvTime(createdAtMs),
    id: contact.id,
  }
  return csvLine(Object.values(cells).map((cell) => cell ?? ''))
}

/** One contact as a vCard 3.0 (RFC 2426), which every phone reads. */
export function vCard({ contact }: Pick<ExportedContact, 'contact'>): string {
  const name = contactName(contactView(contact))
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${vText(name)}`, `N:;${vText(name)};;;`]
  if (contact.phone !== null) lines.push(`TEL;TYPE=CELL:+${contact.phone}`)
  if (contact.username !== null) lines.push(`NICKNAME:${vText(contact.username)}`)
  if (contact.userId !== null) lines.push(`X-WHATSAPP-USER-ID:${vText(contact.userId)}`)
  lines.push(`UID:urn:uuid:${contact.id}`, 'END:VCARD')
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}

function vText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n|\r/g, '\\n')
}

/** A line is at most 75 bytes; its continuation begins with a blank. Never within a character. */
function foldLine(line: string): string {
  let folded = ''
  let bytes = 0
  for (const character of line) {
    const more = utf8Bytes(character)
    if (bytes + more > 75) {
      folded += '\r\n '
      bytes = 1
    }
    folded += character
    bytes += more
  }
  return folded
}

function utf8Bytes(character: string): number {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
