import { z } from 'zod'
import { type IdentityKey, identityKeys } from '../contacts/identity-keys.ts'

/** What a notice says about who owns a thread. */
export type OwnerSign = HandoverSign | StandbySign

export interface HandoverSign {
  readonly kind: 'handover'
  readonly atMs: number
  readonly from: string | null
  readonly to: string | null
  readonly note: string | null
}

/** A message came on standby: the thread was another partner's then. */
export interface StandbySign {
  readonly kind: 'standby'
  readonly atMs: number
  /** The customer wrote it, which keeps the thread from falling idle. */
  readonly inbound: boolean
}

const text = z.string().nullish().catch(null)
const party = z
  .object({ phone_number: text, wa_id: text, user_id: text, parent_user_id: text })
  .partial()
  .nullish()
  .catch(null)
const pass = z
  .object({ previous_owner_role: text, new_owner_role: text, metadata: text })
  .partial()
  .nullish()
  .catch(null)
const handoverData = z.object({ sender: party, control_passed: pass, control_taken: pass }).partial()
const standbyData = z.object({
  direction: z.enum(['in', 'out']),
  customer: z.object({
    phone: z.string().nullable(),
    userId: z.string().nullable(),
    parentUserId: z.string().nullable(),
  }),
})

/**
 * Reads a stored notice of kind `handover` or `standby`. Gives the sign and the identities of the customer; `null` when it
 * names none, or tells only how much came on standby.
 */
export function readOwnerSign(notice: {
  readonly kind: string
  readonly atMs: number | null
  readonly data: unknown
}): { readonly sign: OwnerSign; readonly customer: readonly IdentityKey[] } | null {
  const { kind, atMs, data } = notice
  if (atMs === null) return null
  const read = kind === 'handover' ? readHandover(atMs, data) : readStandby(atMs, data)
  return read === null || read.customer.length === 0 ? null : read
}

function readHandover(atMs: number, data: unknown) {
  const read = handoverData.safeParse(data)
  const change = read.data?.control_passed ?? read.data?.control_taken ?? null
  if (!read.success || change === null) return null
  const { sender } = read.data
  const phone = (sender?.wa_id ?? sender?.phone_number)?.replace(/\D/g, '') || null
  return {
    sign: {
      kind: 'handover',
      atMs,
      from: change.previous_owner_role ?? null,
      to: change.new_owner_role ?? null,
      note: change.metadata || null,
    } as const,
    customer: keysOf(phone, sender?.user_id ?? null, sender?.parent_user_id ?? null),
  }
}

function readStandby(atMs: number, data: unknown) {
  const read = standbyData.safeParse(data)
  if (!read.success) return null
  const { phone, userId, parentUserId } = read.data.customer
  const sign = { kind: 'standby', atMs, inbound: read.data.direction === 'in' } as const
  return { sign, customer: keysOf(phone, userId, parentUserId) }
}

function keysOf(phone: string | null, userId: string | null, parentUserId: string | null): IdentityKey[] {
  return identityKeys({ phone, userId, parentUserId, username: null, profileName: null })
}
