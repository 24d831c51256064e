/** How a popup can end otherwise than well: Meta's events with what comes with them. */
export interface Ending {
  readonly label: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
  /** It gives a code all the same: for the account, and for no number. */
  readonly grants?: true
}

const error = (code: string, message: string): Ending => ({
  label: `ERROR ${code}: ${message}`,
  event: 'CANCEL',
  data: { error_code: code, error_message: message, session_id: 'f34b51dab5e0498' },
})

export const ENDINGS: readonly Ending[] = [
  { label: 'FINISH_ONLY_WABA', event: 'FINISH_ONLY_WABA', data: {} },
  { label: 'FINISH_GRANT_ONLY_API_ACCESS', event: 'FINISH_GRANT_ONLY_API_ACCESS', data: {}, grants: true },
  error('524126', 'This phone number is not eligible: use the WhatsApp Business app with it for longer.'),
  error('2655093', 'The WhatsApp Business app on this phone must be updated.'),
  error('2388103', 'The account still shares the credit line of another partner.'),
  error('1', 'Something went wrong. Please try again.'),
]
