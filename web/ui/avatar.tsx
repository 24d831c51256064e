import clsx from 'clsx'
import type { ReactNode } from 'react'
import { hueOf, initialsOf } from './initials.ts'

const HUES = [
  'bg-accent-soft text-agent',
  'bg-(--hue-a) text-(--hue-a-ink)',
  'bg-(--hue-b) text-(--hue-b-ink)',
  'bg-(--hue-c) text-(--hue-c-ink)',
  'bg-(--hue-d) text-(--hue-d-ink)',
] as const

/** Initials on a colour that stays with the person. Decoration: the name always stands beside it. */
export function Avatar({
  name,
  seed,
  small = false,
}: {
  readonly name: string
  readonly seed: string
  readonly small?: boolean
}): ReactNode {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid flex-none place-items-center rounded-full font-medium select-none',
        small ? 'size-7 text-xs' : 'size-9 text-sm',
        HUES[hueOf(seed, HUES.length)],
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
