import type { ThreadOwner } from '../../../contract/thread-owner.ts'
import { isolated, type MessageKey, type Translate } from '../../app/language.ts'

const ROLES: Readonly<Record<string, MessageKey>> = {
  ai_agent: 'partnerRole.aiAgent',
  ctwa: 'partnerRole.ctwa',
  customer_service: 'partnerRole.customerService',
  escalation: 'partnerRole.escalation',
  marketing: 'partnerRole.marketing',
  utility: 'partnerRole.utility',
}

function roleName(t: Translate, role: string | null): string {
  if (role === null) return t('owner.noRole')
  const key = ROLES[role]
  return key === undefined ? isolated(role) : t(key)
}

/** Who has a thread, in a few words. */
export function ownerWords(t: Translate, owner: ThreadOwner): string {
  const role = roleName(t, owner.role)
  switch (owner.by) {
    case 'us':
      return owner.role === null ? t('owner.usPlain') : t('owner.us', { role })
    case 'unknown':
      return t('owner.unknown', { role })
    case 'partner':
      return owner.role === null ? t('owner.partner') : t('owner.partnerRole', { role })
    default:
      return owner.by satisfies never
  }
}

/** What a writer has to know of a thread that is not surely ours: the matter, and what happens. `null`: nothing. */
export function ownerWarning(owner: ThreadOwner): readonly [MessageKey, MessageKey] | null {
  if (owner.by === 'us') return null
  if (owner.by === 'unknown') return ['owner.composerUnknown', 'owner.composerUnknownLead']
  return owner.role === 'ai_agent'
    ? ['owner.composerAgent', 'owner.composerAgentLead']
    : ['owner.composerPartner', 'owner.composerPartnerLead']
}
