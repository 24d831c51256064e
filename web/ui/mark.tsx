import type { ReactNode } from 'react'

/** The sign of the product: two rings, the phone's and ours, joined. */
export function Mark({ className }: { readonly className?: string }): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" fill="none" strokeWidth="4" strokeLinecap="round" className={className}>
      <path d="M5 13a8 8 0 0 1 8-8h3" stroke="var(--phone)" />
      <path d="M16 5a8 8 0 0 1 0 16h-3" stroke="var(--phone)" opacity=".35" />
      <path d="M27 19a8 8 0 0 1-8 8h-3" stroke="var(--accent)" />
      <path d="M16 27a8 8 0 0 1 0-16h3" stroke="var(--accent)" />
    </svg>
  )
}
