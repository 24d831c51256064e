import { useMemo, useSyncExternalStore } from 'react'
import { useSync } from '../sync/browser.ts'
import { type Formats, formatsFor } from './formats.ts'
import { usePreferences } from './preferences.ts'

/** Countdown and "yesterday" need not be finer than this. Milliseconds. */
const TICK_MS = 15_000

/** The formats of the person's choice. */
export function useFormats(): Formats {
  const language = usePreferences((preferences) => preferences.language)
  const digits = usePreferences((preferences) => preferences.digits)
  const calendar = usePreferences((preferences) => preferences.calendar)
  return sharedFormats({ language, digits, calendar })
}

let shared: { readonly key: string; readonly formats: Formats } | null = null

/** Made once for all components: formatters of Intl are costly to make and cheap to use. */
function sharedFormats(preferences: Parameters<typeof formatsFor>[0]): Formats {
  const key = `${preferences.language} ${preferences.digits} ${preferences.calendar}`
  if (shared?.key !== key) shared = { key, formats: formatsFor(preferences) }
  return shared.formats
}

/** The server's time, moving on every `TICK_MS`. */
export function useNowMs(): number {
  const skewMs = useSync((state) => state.clockSkewMs)
  const tick = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / TICK_MS))
  // Between two ticks the skew may jump (a simulated clock was moved): the new one counts from now on.
  return useMemo(() => tick * TICK_MS + skewMs, [tick, skewMs])
}

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, TICK_MS)
  return () => clearInterval(timer)
}
