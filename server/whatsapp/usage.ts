import { z } from 'zod'

/** The header of Graph's answers that tells how much of what an hour allows is used. */
export const USAGE_HEADER = 'x-business-use-case-usage'
/** Meta names at most this many objects at once. */
const OBJECTS_MAX = 32

/** What Meta says of one kind of calls about one of its objects: a WhatsApp account, as a rule. */
export interface Usage {
  readonly objectId: string
  /** Meta's word for the kind, e.g. `whatsapp`. */
  readonly type: string
  /** The fullest of calls, computing time and time in all, of what an hour allows; above 100 when it was more. */
  readonly percent: number
  /** Until calls are taken again; 0 while they are. */
  readonly regainMinutes: number
}

const figure = z.number().min(0).optional().catch(undefined)
const row = z.object({
  type: z.string().catch(''),
  call_count: figure,
  total_cputime: figure,
  total_time: figure,
  estimated_time_to_regain_access: figure,
})
const header = z.record(z.string(), z.array(row.nullable().catch(null)).catch([]))

/**
 * Reads `X-Business-Use-Case-Usage`. What is not as Meta describes it is left out: the header is a word more about an
 * answer, and must not make the answer unreadable.
 * Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function readUsage(text: string | null): Usage[] {
  const read = header.safeParse(parseJson(text))
  if (!read.success) return []
  return Object.entries(read.data)
    .slice(0, OBJECTS_MAX)
    .flatMap(([objectId, rows]) => rows.flatMap((one) => (one === null ? [] : usageOf(objectId, one))))
}

function usageOf(objectId: string, one: z.output<typeof row>): Usage[] {
  const { type, call_count: calls, total_cputime: computing, total_time: time } = one
  const shares = [calls, computing, time].filter((share) => share !== undefined)
  if (shares.length === 0) return []
  return [{ objectId, type, percent: Math.max(...shares), regainMinutes: one.estimated_time_to_regain_access ?? 0 }]
}

function parseJson(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
