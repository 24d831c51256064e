import type { z } from 'zod'
import { sendInteractive, type TogetherFault } from '../../../../contract/send-interactive.ts'
import type { Interactive } from './compose-draft.ts'
import type { InteractiveDraft } from './draft.ts'

/** Why a part cannot be sent as it is. `needed`: it is empty, which is no fault before somebody has been there. */
export type Fault =
  | { readonly kind: 'needed' | 'url' | 'number' | 'other' | Exclude<TogetherFault, 'many'> }
  | { readonly kind: 'long' | 'many'; readonly max: number | null }

/** What is wrong, by the place in the message, e.g. `action.buttons.0.reply.title`. */
export type Faults = ReadonlyMap<string, Fault>

/** Asks the limits that the server asks too; whether numbers were written as such is looked at here. */
export function findFaults(interactive: Interactive, draft: InteractiveDraft): Faults {
  const read = sendInteractive.safeParse({ type: 'interactive', interactive })
  const found = read.success ? [] : read.error.issues.flatMap((issue) => placed(issue, []))
  return new Map([...found.toReversed(), ...(interactive.type === 'order_details' ? orderFaults(draft) : [])])
}

type Issue = z.core.$ZodIssue
type Placed = readonly (readonly [string, Fault])[]

function placed(issue: Issue, above: readonly PropertyKey[]): Placed {
  const path = [...above, ...issue.path]
  // Cards are of one kind or the other: what is wrong is said by the kind that fits best.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [best = []] = issue.errors.toSorted((a, b) => misfit(a) - misfit(b))
    return best.flatMap((inner) => placed(inner, path))
  }
  return [[path.slice(1).join('.'), faultOf(issue)]]
}

/** How little a form fits: names and kinds that it does not have weigh more than what is only too long. */
function misfit(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'invalid_union') return sum + Math.min(...issue.errors.map(misfit))
    return sum + (['unrecognized_keys', 'invalid_type', 'invalid_value'].includes(issue.code) ? 10 : 1)
  }, 0)
}

function faultOf(issue: Issue): Fault {
  switch (issue.code) {
    case 'too_small':
      return { kind: 'needed' }
    case 'too_big':
      return { kind: issue.origin === 'array' ? 'many' : 'long', max: Number(issue.maximum) }
    case 'invalid_format':
      return { kind: issue.format === 'url' ? 'url' : 'other' }
    case 'custom':
      return together(issue.params?.fault)
    default:
      return { kind: 'other' }
  }
}

function together(fault: unknown): Fault {
  if (fault === 'many') return { kind: fault, max: null }
  return { kind: fault === 'same' || fault === 'untitled' ? fault : 'other' }
}

function orderFaults({ order }: InteractiveDraft): Placed {
  const items = order.items.flatMap(({ price, quantity }, index): Placed => {
    const at = `order.items.${index}`
    return [
      ...(Number(price) > 0 ? [] : [[`${at}.price`, { kind: price === '' ? 'needed' : 'number' }] as const]),
      ...(Number.isInteger(Number(quantity)) && Number(quantity) > 0
        ? []
        : [[`${at}.quantity`, { kind: 'number' }] as const]),
    ]
  })
  return Number(order.tax) >= 0 ? items : [...items, ['order.tax', { kind: 'number' }]]
}
