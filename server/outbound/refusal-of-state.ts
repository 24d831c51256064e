import type { ErrorCode } from '../../contract/error-codes.ts'
import type { NumberState } from '../../contract/number.ts'

/** With which code a number that does not send refuses. */
export function refusalOf(state: NumberState): ErrorCode {
  switch (state) {
    case 'offboarded':
    case 'removed':
    case 'disabled':
      return `number_${state}`
    default:
      return 'number_not_sending'
  }
}
