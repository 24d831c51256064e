import type { ReactNode } from 'react'

/** Meta's own words for a refusal, where it gave some. */
export function MetaWords({ failure }: { readonly failure: object }): ReactNode {
  const details: unknown = 'details' in failure ? failure.details : null
  if (typeof details !== 'object' || details === null || !('words' in details)) return null
  return <bdi className="block text-sm">{String(details.words)}</bdi>
}
