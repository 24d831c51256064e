import clsx from 'clsx'
import type { ReactNode } from 'react'

/**
 * A name, username or phone number in its own direction, isolated from the text around it; numbers and usernames run
 * left to right. It stands where reading begins and is cut at its own end.
 */
export function PersonName({ name, className }: { readonly name: string; readonly className?: string }): ReactNode {
  return (
    <span className={clsx('flex min-w-0', className)}>
      <span dir={/^[@+\d]/.test(name) ? 'ltr' : 'auto'} className="min-w-0 truncate">
        {name}
      </span>
    </span>
  )
}
