import type { Preferences } from './preferences.ts'

/** Puts theme and density on the page, where the stylesheet finds them. `system` leaves the theme to the browser. */
export function applyAppearance({ theme, density }: Pick<Preferences, 'theme' | 'density'>): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
  dataset.density = density
}
