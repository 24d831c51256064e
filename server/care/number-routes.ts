import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Member } from '../../contract/number.ts'
import { ApiFault } from '../platform/api-fault.ts'

export interface NumberDoor {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

export interface Visit {
  readonly workspaceId: string
  readonly numberId: string
  readonly member: Member
}

const params = z.object({ id: z.uuid() })

/** Who asks about which number. Throws what the API answers when nobody is chosen, or the id is none. */
export async function numberOf(door: NumberDoor, request: FastifyRequest): Promise<Visit> {
  const identity = await door.identify(request.headers.cookie)
  if (identity === null) throw new ApiFault('no_member')
  const read = params.safeParse(request.params)
  if (!read.success) throw new ApiFault('not_found')
  return { ...identity, numberId: read.data.id }
}

/** The same, for what only an owner may do. */
export async function ownNumberOf(door: NumberDoor, request: FastifyRequest): Promise<Visit> {
  const visit = await numberOf(door, request)
  if (visit.member.role !== 'owner') throw new ApiFault('owner_only')
  return visit
}
