import type { ReactNode } from 'react'
import { buttonClass } from '../../ui/button.tsx'

/** Leads to connecting; `numberId` is the number that comes back. Loads the page: see `web/app/connect-routes.tsx`. */
export function ConnectLink({
  numberId,
  look = 'plain',
  className,
  children,
}: {
  readonly numberId?: string
  readonly look?: 'plain' | 'primary'
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  const href = numberId === undefined ? '/connect' : `/connect?number=${encodeURIComponent(numberId)}`
  return (
    <a href={href} className={buttonClass(look, className)}>
      {children}
    </a>
  )
}
