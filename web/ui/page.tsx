import type { ReactNode } from 'react'

/** A page beside the inbox: its heading, and a column of cards that scrolls. */
export function Page({
  title,
  lead,
  menu,
  children,
}: {
  readonly title: string
  readonly lead?: string
  readonly menu?: ReactNode
  readonly children: ReactNode
}): ReactNode {
  return (
    <main className="h-full overflow-y-auto" tabIndex={-1}>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 px-6 pt-7 pb-16 narrow:px-4 narrow:pt-4">
        <header className="flex items-start gap-2">
          {menu}
          <div className="mb-1">
            <h1 className="text-xl font-semibold">{title}</h1>
            {lead !== undefined && <p className="mt-0.5 max-w-prose text-ink-2">{lead}</p>}
          </div>
        </header>
        {children}
      </div>
    </main>
  )
}

/** A card of a page. */
export function Section({
  title,
  lead,
  children,
}: {
  readonly title: string
  readonly lead?: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <section className="rounded-md border border-line bg-surface px-5 py-4">
      <h2 className="font-semibold">{title}</h2>
      {lead !== undefined && <p className="mb-3 text-sm text-ink-2">{lead}</p>}
      {children}
    </section>
  )
}
