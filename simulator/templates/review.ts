import type { Account } from '../accounts/account.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import type { Template } from './template.ts'

/** Milliseconds that a review takes on the simulated clock. */
const REVIEW_MS = [40_000, 150_000] as const

/** Words by which a utility template is judged to be marketing (approved as such since 9 Apr 2025). */
const MARKETING_WORDS = /\b(sale|discount|offer|% off|promo)\b|خصم|تخفيض|عرض خاص/i

/** Puts a template under review: approved, or rejected for its form, in about a minute or two. */
export function review(world: World, account: Account, template: Template): void {
  template.status = 'PENDING'
  const afterMs = world.chance.between(REVIEW_MS[0], REVIEW_MS[1], 'review', template.id, template.editsMs.length)
  world.clock.at(world.clock.nowMs() + afterMs, () => {
    if (template.status !== 'PENDING') return
    const text = template.components.map((component) => component.text ?? '').join(' ')
    if (/\}\}\s*\{\{/.test(text)) return reject(world, account, template)
    if (template.category === 'UTILITY' && MARKETING_WORDS.test(text)) recategorise(world, account, template)
    template.status = 'APPROVED'
    template.rejectedReason = 'NONE'
    tellStatus(world, account, template, 'APPROVED', 'NONE')
  })
}

function reject(world: World, account: Account, template: Template): void {
  template.status = 'REJECTED'
  template.rejectedReason = 'INVALID_FORMAT'
  tellStatus(world, account, template, 'REJECTED', 'INVALID_FORMAT', {
    rejection_info: {
      reason:
        'Your template has parameters placed next to each other (like {{1}}{{2}}) without text or punctuation between them.',
      recommendation: 'Separate parameters with descriptive text and ensure each parameter is clearly contextualized.',
    },
  })
}

function recategorise(world: World, account: Account, template: Template): void {
  const head = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  }
  tellAccount(world, account.id, 'template_category_update', {
    ...head,
    previous_category: template.category,
    new_category: 'MARKETING',
  })
  template.category = 'MARKETING'
}

/** The `message_template_status_update` webhook. */
export function tellStatus(
  world: World,
  account: Account,
  template: Template,
  event: string,
  reason: string,
  more: Record<string, unknown> = {},
): void {
  tellAccount(world, account.id, 'message_template_status_update', {
    event,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    reason,
    message_template_category: template.category,
    ...more,
  })
}
