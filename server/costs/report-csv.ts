import { BYTE_ORDER_MARK, csvLine } from '../platform/text-csv.ts'
import { decimalOf } from './read-card.ts'
import type { ReportRow } from './report-rows.ts'

const HEADINGS = {
  en: [
    'Day',
    'Number',
    'Basis',
    'Category',
    'Why',
    'Country',
    'Written by',
    'Template',
    'Messages',
    'Amount',
    'Estimated before',
    'Other than estimated',
    'Without a price',
    'Currency',
  ],
  ar: [
    'اليوم',
    'الرقم',
    'الأساس',
    'الفئة',
    'السبب',
    'البلد',
    'كتبها',
    'القالب',
    'الرسائل',
    'المبلغ',
    'المقدّر قبلها',
    'خالفت التقدير',
    'بلا سعر',
    'العملة',
  ],
} as const

export interface ReportNames {
  readonly numbers: ReadonlyMap<string, string>
  readonly members: ReadonlyMap<string, string>
}

/** The first line of the file. */
export function reportHead(language: 'en' | 'ar'): string {
  return BYTE_ORDER_MARK + csvLine(HEADINGS[language])
}

/** One line of the report. Numbers are digits without plus, amounts decimals with a point, words those of the API. */
export function reportLine(row: ReportRow, names: ReportNames, currency: string): string {
  const author = row.memberId === null ? row.author : (names.members.get(row.memberId) ?? row.memberId)
  return csvLine([
    row.day,
    (names.numbers.get(row.numberId) ?? row.numberId).replace(/^\+/, ''),
    row.basis,
    row.category,
    row.reason,
    row.country ?? '',
    author ?? '',
    row.template ?? '',
    String(row.messages),
    decimalOf(row.amount),
    decimalOf(row.estimated),
    String(row.differing),
    String(row.unpriced),
    currency,
  ])
}
