import type { FieldFacts, SubscriptionFacts } from '../../contract/meta-answer.ts'

/** What came of calling our own webhook as Meta does; `unknown`: there is no address that could be called. */
export type Reached = 'reached' | 'unknown' | { readonly failed: string }

/** What Meta said last of where it delivers to, for one number. */
export interface DeliveryAnswers {
  readonly fields: FieldFacts | null
  readonly subscription: SubscriptionFacts | null
}

/** A fault that begins with this says that Meta delivers to another address, which follows. */
export const ELSEWHERE = 'elsewhere '

/**
 * Why Meta's deliveries do not come in, as far as can be known without them; `null`: nothing is known against it. An account
 * may have an address of its own, which counts before the app's.
 */
export function probeFault(
  reached: Reached,
  answers: readonly DeliveryAnswers[],
  own: { readonly url: string; readonly appId: string },
): string | null {
  if (typeof reached === 'object') return reached.failed
  for (const { fields, subscription } of answers) {
    const target = subscription?.overrides?.[own.appId] ?? fields?.callbackUrl ?? null
    if (target !== null && named(target) !== named(own.url)) return `${ELSEWHERE}${target}`
  }
  return null
}

/** Two ways of writing one address are one: a slash at the end, capitals in the name of the host. */
function named(address: string): string {
  if (!URL.canParse(address)) return address
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname.replace(/\/+$/, '')}`
}
