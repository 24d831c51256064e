import type { NumberMode } from '../../../contract/number.ts'
import type { MessageKey } from '../../app/language.ts'

/** Where a number is in use, in words. */
export const MODE_WORDS: Record<NumberMode, MessageKey> = {
  coexistence: 'mode.coexistence',
  api_only: 'mode.api_only',
  app_only: 'mode.app_only',
}
