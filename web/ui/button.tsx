import clsx from 'clsx'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

type Look = 'plain' | 'primary' | 'ghost' | 'danger'

const LOOKS: Record<Look, string> = {
  plain: 'border-line-strong bg-surface text-ink-2 hover:bg-hover hover:text-ink',
  primary: 'border-transparent bg-accent font-medium text-accent-ink hover:brightness-110',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-danger/40 bg-transparent text-danger hover:bg-danger-soft',
}

/** What every button and every link that looks like one has in common. */
export function buttonClass(look: Look = 'plain', more?: string): string {
  return clsx(
    'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-sm border px-2.5 text-sm no-underline transition-colors phone:min-h-11 disabled:opacity-50',
    LOOKS[look],
    more,
  )
}

export function Button({
  look = 'plain',
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: Look }): ReactNode {
  return <button type="button" className={buttonClass(look, className)} {...rest} />
}

/** A button that is only an icon; its name is read aloud and shown on hover. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly label: string }): ReactNode {
  return (
    <button type="button" aria-label={label} title={label} className={iconButtonClass(className)} {...rest}>
      {children}
    </button>
  )
}

export function iconButtonClass(more?: string): string {
  return clsx(
    'inline-grid size-8 flex-none place-items-center rounded-sm text-ink-2 transition-colors hover:bg-hover hover:text-ink phone:size-11 disabled:opacity-50',
    more,
  )
}
