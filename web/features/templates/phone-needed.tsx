import type { ReactNode } from 'react'
import { needsPhone, PRICED_AS, type TemplateCategory } from '../../../contract/template.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'

/** Whether a template of the category cannot go to this customer, whose phone number is hidden. */
export function usePhoneNeeded(conversationId: string, category: TemplateCategory): boolean {
  const hidden = useSync((state) => state.inbox?.conversations[conversationId]?.contact.phone === null)
  return hidden && needsPhone(PRICED_AS[category])
}

/** That it cannot, and what to do. */
export function PhoneNeeded(): ReactNode {
  const t = useT()
  return (
    <p role="status" className="text-sm text-danger" data-testid="phone-needed">
      {t('refusal.phoneNumberNeeded')}
    </p>
  )
}
