import type { KeyBinding } from './commands.ts'

/** A key typed first (as `g`) counts for this long. Milliseconds. */
const PREFIX_MS = 1_200

export interface Pressed {
  readonly code: string
  readonly shift: boolean
  /** Ctrl, or ⌘ on a Mac. */
  readonly control: boolean
  readonly alt: boolean
  readonly atMs: number
}

/** The binding a key stands for, given the key pressed before it; `undefined` when it means nothing here. */
export function matchKey(
  bindings: readonly KeyBinding[],
  pressed: Pressed,
  before: Pressed | null,
): KeyBinding | undefined {
  if (pressed.alt) return undefined
  const prefix = before !== null && pressed.atMs - before.atMs < PREFIX_MS && !before.control ? before.code : null
  const fits = bindings.filter(
    (binding) =>
      binding.code === pressed.code &&
      (binding.shift ?? false) === pressed.shift &&
      (binding.control ?? false) === pressed.control,
  )
  return (
    fits.find((binding) => binding.after !== undefined && binding.after === prefix) ??
    fits.find((binding) => binding.after === undefined)
  )
}
