import type { ReactNode } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useTemplateLimits } from './use-template-limits.ts'

/** That a template to this customer would wait, since as many were written to first as WhatsApp allows; nothing otherwise. */
export function PlaceWait({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const { moment } = useFormats()
  const freeAtMs = useTemplateLimits(id)?.placeFreeAtMs ?? null
  if (freeAtMs === null) return null
  return (
    <p role="status" className="mb-2 text-sm text-phone" data-testid="place-wait">
      {t('picker.placeWait', { time: moment(freeAtMs) })}
    </p>
  )
}
