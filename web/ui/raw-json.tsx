import type { ReactNode } from 'react'

/** Data as it came, on demand. */
export function RawJson({ value, label }: { readonly value: unknown; readonly label: string }): ReactNode {
  return (
    <details className="mt-1 text-sm">
      <summary className="text-read underline underline-offset-2 phone:py-3">{label}</summary>
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long data is scrolled by key
        tabIndex={0}
        className="mt-1 max-h-72 overflow-auto rounded-sm bg-surface-2 p-2.5 font-mono text-xs text-ink-2"
      >
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </details>
  )
}
