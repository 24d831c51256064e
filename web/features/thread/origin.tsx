import { Bot, CodeXml, CornerUpRight, type LucideIcon, Megaphone, Smartphone, UserRound } from 'lucide-react'
import type { Author } from '../../../contract/message.ts'
import type { MessageKey } from '../../app/language.ts'

/** How each origin of our own messages looks: a hue, an icon, words. Customers' messages need none. */
export interface OriginLook {
  readonly icon: LucideIcon
  readonly words: MessageKey
  readonly ink: string
  readonly soft: string
}

export const ORIGINS: Record<Exclude<Author, 'customer'>, OriginLook> = {
  agent: { icon: UserRound, words: 'origin.agent', ink: 'text-agent', soft: 'bg-agent-soft' },
  phone: { icon: Smartphone, words: 'origin.phone', ink: 'text-phone', soft: 'bg-phone-soft' },
  bot: { icon: Bot, words: 'origin.bot', ink: 'text-bot', soft: 'bg-bot-soft' },
  campaign: { icon: Megaphone, words: 'origin.campaign', ink: 'text-campaign', soft: 'bg-campaign-soft' },
  api: { icon: CodeXml, words: 'origin.api', ink: 'text-ink-2', soft: 'bg-plain-soft' },
  unknown: { icon: CornerUpRight, words: 'origin.unknown', ink: 'text-ink-2', soft: 'bg-plain-soft' },
}

/** The look of an author; `null` for the customer. */
export function originOf(author: Author): OriginLook | null {
  return author === 'customer' ? null : ORIGINS[author]
}
