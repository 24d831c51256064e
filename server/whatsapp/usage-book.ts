import { readUsage, type Usage } from './usage.ts'

const MINUTE_MS = 60_000
/** What an answer said counts for this long: the limit is one of an hour. */
const TOLD_MS = 60 * MINUTE_MS
/** From this share of the hour's limit, what nobody waits for rests: the rest is for people, and for what has a deadline. */
const NEAR_PERCENT = 90
/** How long it rests when Meta does not say. */
const REST_MS = 5 * MINUTE_MS
/** However long Meta says. */
const REST_MAX_MS = 24 * 60 * MINUTE_MS
/** Objects of Meta's that are kept in mind; the one that was told of longest ago goes first. */
const OBJECTS_MAX = 1_000

/**
 * "Too many calls" of one account, and of the whole app.
 * Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
const ACCOUNT_LIMITED: ReadonlySet<number> = new Set([80007, 80008])
const APP_LIMITED = 4
/** Stands among the ids for the app, whose limit is everybody's. */
const APP = 'app'

/** How an account stands with the management calls of this hour. */
export interface AccountUsage {
  /** Of what an hour allows; `null`: Meta refused a call without telling. */
  readonly percent: number | null
  /** Until when calls that nobody waits for are not made; `null`: they are made. */
  readonly restsUntilMs: number | null
  readonly atMs: number
}

/** What one answer of Graph's is to the book. */
export interface NotedAnswer {
  /** What was asked about. */
  readonly url: URL
  /** `X-Business-Use-Case-Usage`; `null`: there was none. */
  readonly header: string | null
  /** Meta's error; `null`: it was none. */
  readonly code: number | null
}

/** What Meta's answers to this process say of its limits; in memory, since every answer says it anew. */
export interface UsageBook {
  note(answer: NotedAnswer): void
  /** What is known of these ids of Meta's together: an account, and its number; `null`: nothing of this hour. */
  of(ids: readonly string[]): AccountUsage | null
  /** For how long calls about them that nobody waits for are not to be made, in milliseconds; 0: they may be. */
  restMs(ids: readonly string[]): number
}

/** `clockMs` tells Unix milliseconds, moved clocks included. */
export function createUsageBook(clockMs: () => number): UsageBook {
  const known = new Map<string, AccountUsage>()
  const put = (id: string, usage: AccountUsage) => {
    known.delete(id)
    if (known.size >= OBJECTS_MAX) known.delete(known.keys().next().value ?? '')
    known.set(id, usage)
  }
  // A refusal that tells no figure does not shorten a rest of which Meta has told the end.
  const putRefusal = (id: string, nowMs: number) => {
    const restsUntilMs = Math.max(known.get(id)?.restsUntilMs ?? 0, nowMs + REST_MS)
    put(id, { percent: null, restsUntilMs, atMs: nowMs })
  }
  const of = (ids: readonly string[]) => {
    const nowMs = clockMs()
    return [...ids, APP]
      .flatMap((id) => known.get(id) ?? [])
      .map((one) => ((one.restsUntilMs ?? 0) > nowMs ? one : { ...one, restsUntilMs: null }))
      .filter((one) => one.restsUntilMs !== null || (one.percent !== null && one.atMs > nowMs - TOLD_MS))
      .reduce<AccountUsage | null>((chosen, one) => (chosen === null || matters(one, chosen) ? one : chosen), null)
  }
  return {
    note({ url, header, code }) {
      const told = readUsage(header)
      const nowMs = clockMs()
      const refused = code !== null && ACCOUNT_LIMITED.has(code)
      for (const [id, usages] of Map.groupBy(told, (usage) => usage.objectId)) put(id, joined(usages, refused, nowMs))
      if (code === APP_LIMITED) putRefusal(APP, nowMs)
      else if (refused && told.length === 0) putRefusal(objectOf(url), nowMs)
    },
    of,
    restMs: (ids) => Math.max(0, (of(ids)?.restsUntilMs ?? 0) - clockMs()),
  }
}

/** Kinds of calls are counted apart by Meta; the fullest says how the account stands. */
function joined(usages: readonly Usage[], refused: boolean, nowMs: number): AccountUsage {
  const percent = Math.max(...usages.map((usage) => usage.percent))
  const regainMs = Math.max(...usages.map((usage) => usage.regainMinutes)) * MINUTE_MS
  const rests = refused || regainMs > 0 || percent >= NEAR_PERCENT
  const restMs = regainMs > 0 ? Math.min(regainMs, REST_MAX_MS) : REST_MS
  return { percent, restsUntilMs: rests ? nowMs + restMs : null, atMs: nowMs }
}

/** The longest rest; without one, what was told last. */
function matters(one: AccountUsage, other: AccountUsage): boolean {
  const [mine, theirs] = [one.restsUntilMs ?? 0, other.restsUntilMs ?? 0]
  return mine === theirs ? one.atMs > other.atMs : mine > theirs
}

/** Meta's id in a path, e.g. that of the account in `/v25.0/102290129340398/message_templates`. */
function objectOf(url: URL): string {
  return url.pathname.split('/').find((part) => /^\d+$/.test(part)) ?? ''
}
