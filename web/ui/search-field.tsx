import { Search } from 'lucide-react'
import type { ReactNode } from 'react'

/** A field that finds in what is shown beside it. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}): ReactNode {
  return (
    <label className="flex min-h-9 grow items-center gap-2 rounded-sm border border-line-strong bg-surface px-2.5 focus-within:border-accent phone:min-h-11">
      <Search aria-hidden="true" className="size-4 flex-none text-ink-3" />
      <span className="sr-only">{label}</span>
      <input
        type="search"
        dir="auto"
        value={value}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        // What is found shows at once; a form around it must not be sent by searching.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
        className="min-h-9 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 phone:min-h-11"
      />
    </label>
  )
}
