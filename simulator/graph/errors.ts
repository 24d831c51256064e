import { type ErrorRow, row } from './error-row.ts'
import { MANAGEMENT_ERRORS } from './errors-of-management.ts'
import { MESSAGING_ERRORS } from './errors-of-messaging.ts'

/**
 * Codes that Meta lists by range, where no row of its own tells more
 * (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
 */
const RANGES: readonly { readonly from: number; readonly to: number; readonly row: ErrorRow }[] = [
  { from: 201, to: 299, row: row(403, 'Permission error', 'Permission is either not granted or has been removed.') },
  { from: 131_201, to: 131_215, row: row(400, 'Group request failed', 'The request about this group cannot be met.') },
  { from: 138_000, to: 138_038, row: row(400, 'Calling error', 'The request about this call cannot be met.') },
  {
    from: 2_494_164,
    to: 2_494_179,
    row: row(400, 'In-app signup failed', 'The request about this signup cannot be met.'),
  },
]

/** The row of a code: its own, that of its range; unknown codes read as Meta's 131000. */
export function errorRow(code: number): ErrorRow {
  const known = MESSAGING_ERRORS[code] ?? MANAGEMENT_ERRORS[code]
  const range = RANGES.find(({ from, to }) => code >= from && code <= to)
  return known ?? range?.row ?? row(400, 'Something went wrong', 'An unknown error occurred.')
}

/** The error block of a `failed` status: code, title, message and details. */
export function failureDetails(code: number): {
  code: number
  title: string
  message: string
  error_data: { details: string }
} {
  const { title, details } = errorRow(code)
  return { code, title, message: title, error_data: { details } }
}
