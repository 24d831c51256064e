/** Graph versions: released, ended (https://developers.facebook.com/docs/graph-api/changelog, read in 2026). */
const VERSIONS: readonly { readonly version: number; readonly fromMs: number; readonly untilMs: number }[] = [
  { version: 21, fromMs: Date.UTC(2024, 9, 2), untilMs: Date.UTC(2027, 0, 21) },
  { version: 22, fromMs: Date.UTC(2025, 0, 21), untilMs: Date.UTC(2027, 4, 20) },
  { version: 23, fromMs: Date.UTC(2025, 4, 29), untilMs: Date.UTC(2027, 9, 8) },
  { version: 24, fromMs: Date.UTC(2025, 9, 8), untilMs: Date.UTC(2028, 1, 18) },
  { version: 25, fromMs: Date.UTC(2026, 1, 18), untilMs: Date.UTC(2028, 6, 29) },
  { version: 26, fromMs: Date.UTC(2026, 6, 29), untilMs: Number.POSITIVE_INFINITY },
]
const NEWEST = 26

/**
 * The version that answers: the one asked for while it lives; an expired or absent one is answered as the oldest living
 * one; `null` for one that does not exist.
 */
export function answeringVersion(asked: number | null, nowMs: number): number | null {
  if (asked !== null && asked > NEWEST) return null
  const living = VERSIONS.filter((row) => row.untilMs > nowMs)
  const oldest = living[0]?.version ?? NEWEST
  return asked !== null && asked > oldest ? asked : oldest
}

/** Splits `/v25.0/123/messages` into 25 and `['123', 'messages']`. */
export function splitPath(path: string): { asked: number | null; segments: string[] } {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent)
  const match = /^v(\d+)\.\d+$/.exec(segments[0] ?? '')
  return match ? { asked: Number(match[1]), segments: segments.slice(1) } : { asked: null, segments }
}
