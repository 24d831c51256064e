import clsx from 'clsx'
import type { ReactNode } from 'react'

/** An empty place that says what it is and what to do next. */
export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon?: ReactNode
  readonly title: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <div className="m-auto flex max-w-md flex-col items-center gap-2 p-6 text-center">
      {icon !== undefined && <span className="mb-1 text-ink-3 [&_svg]:size-8">{icon}</span>}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="text-ink-2">{children}</div>}
    </div>
  )
}

/** Grey shapes in place of what is on its way. */
export function Skeleton({ className }: { readonly className?: string }): ReactNode {
  return <span aria-hidden="true" className={clsx('skeleton block', className)} />
}

/** How far something has come; `percent` is `null` while nobody knows. */
export function ProgressBar({
  label,
  percent,
}: {
  readonly label: string
  readonly percent: number | null
}): ReactNode {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': Math.round(percent) })}
      className="h-2 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={clsx(
          'h-full rounded-full bg-accent transition-[width] duration-500',
          percent === null && 'skeleton w-full',
        )}
        style={percent === null ? undefined : { width: `${Math.min(100, Math.max(0, percent))}%` }}
      />
    </div>
  )
}
