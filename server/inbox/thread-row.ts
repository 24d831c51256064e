import { contentWords } from '../../contract/content-words.ts'
import { type Duty, likelyHolders } from '../../contract/duty.ts'
import type { Author } from '../../contract/message.ts'
import type { Member } from '../../contract/number.ts'
import { BYTE_ORDER_MARK, csvLine, csvTime } from '../platform/text-csv.ts'
import type { MessageRow } from './rows.ts'

export type ThreadLanguage = 'ar' | 'en'

interface Words {
  readonly heading: readonly string[]
  readonly authors: Readonly<Record<Author, string>>
  readonly likely: string
  readonly yes: string
}

const WORDS: Readonly<Record<ThreadLanguage, Words>> = {
  en: {
    heading: [
      'Time (UTC)',
      'From',
      'Person',
      'Kind',
      'Text',
      'Delivery',
      'Imported',
      'Another partner’s',
      'Deleted',
      'Id at WhatsApp',
    ],
    authors: {
      customer: 'Customer',
      agent: 'Team',
      phone: 'Phone',
      bot: 'Bot',
      campaign: 'Campaign',
      api: 'Another program',
      unknown: 'Unknown',
    },
    likely: 'likely',
    yes: 'yes',
  },
  ar: {
    heading: [
      'الوقت (UTC)',
      'من',
      'الشخص',
      'النوع',
      'النص',
      'التسليم',
      'مستورد',
      'لشريك آخر',
      'محذوف',
      'المعرّف في واتساب',
    ],
    authors: {
      customer: 'العميل',
      agent: 'الفريق',
      phone: 'الهاتف',
      bot: 'روبوت',
      campaign: 'حملة',
      api: 'برنامج آخر',
      unknown: 'غير معروف',
    },
    likely: 'الأرجح',
    yes: 'نعم',
  },
}

/** The first line of a thread's file. */
export function threadHead(language: ThreadLanguage): string {
  return BYTE_ORDER_MARK + csvLine(WORDS[language].heading)
}

/** A message as a line. What was written on the phone names who held it by the roster, marked as likely. */
export function threadRow(
  row: MessageRow,
  known: { readonly members: readonly Member[]; readonly duties: readonly Duty[] },
  language: ThreadLanguage,
): string {
  const words = WORDS[language]
  const nameOf = (id: string | null) => known.members.find((member) => member.id === id)?.name ?? ''
  const likely = row.author === 'phone' ? likelyHolders(known.duties, row.sentAtMs).map(nameOf).filter(Boolean) : []
  return csvLine([
    csvTime(row.sentAtMs),
    words.authors[row.author],
    likely.length > 0 ? `${words.likely}: ${likely.join(' / ')}` : nameOf(row.memberId),
    row.content.type,
    row.deletedAtMs === null ? contentWords(row.content) : '',
    row.delivery ?? '',
    row.source === 'history' ? words.yes : '',
    row.source === 'standby' ? words.yes : '',
    row.deletedAtMs === null ? '' : words.yes,
    row.wamid ?? '',
  ])
}
