import { z } from 'zod'
import type { BusinessNumber, Member } from '../number.ts'

/** `GET /api/v1/session` (200 always): who I am, and who else I may be until sign-in exists. */
export interface Session {
  readonly me: Member | null
  readonly members: readonly Member[]
  readonly version: string
  /** Address of the simulator's pages; `null` when Wasl talks to Meta. */
  readonly simulatorUrl: string | null
}
/** `POST /api/v1/session`: act as this member; sets a cookie. Answers a Session. */
export const chooseMemberBody = z.object({ memberId: z.uuid() })

/** `GET /api/v1/numbers` */
export interface NumbersAnswer {
  readonly numbers: readonly BusinessNumber[]
}

/** `POST /api/v1/numbers/simulated`: onboard the simulated phone, then ask for contacts and history. 201. */
export const connectSimulatedBody = z.object({ shareHistory: z.boolean().default(true) })
export interface ConnectAnswer {
  readonly number: BusinessNumber
}

/** `GET /api/v1/unrecognised`: what came and could not be read or placed, newest first, at most 100 of each. */
export interface UnrecognisedAnswer {
  readonly total: number
  readonly events: readonly {
    readonly field: string | null
    readonly reason: string
    readonly receivedAtMs: number
    readonly wire: unknown
  }[]
  readonly deliveries: readonly {
    readonly reason: 'not_json' | 'not_a_webhook' | 'unknown_number' | 'failed'
    readonly detail: string
    readonly wabaId: string | null
    readonly phoneNumberId: string | null
    readonly receivedAtMs: number
    /** The first kilobyte, as text. */
    readonly excerpt: string
  }[]
}

/** `GET /api/v1/notices`: what Meta told about account, templates, quality …, newest first, at most 100. */
export interface NoticesAnswer {
  readonly notices: readonly {
    readonly kind: string
    readonly field: string
    readonly event: string | null
    readonly atMs: number | null
    readonly receivedAtMs: number
    readonly data: unknown
  }[]
}

/** `GET /healthz` at the webhook listener, which may face the internet. */
export interface PublicHealth {
  readonly status: 'ok' | 'starting' | 'unavailable'
}

/** `GET /healthz` at the inbox. */
export interface Health extends PublicHealth {
  readonly version: string
  readonly database: 'embedded' | 'external'
  readonly simulator: string | null
  readonly webhook_url: string
  /** Age of the oldest delivery that is stored and not yet projected; 0 when there is none. */
  readonly lag_ms: number
}
