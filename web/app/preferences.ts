import { create } from 'zustand'
import { type Language, preferredLanguage } from './preferred-language.ts'

const KEY = 'wasl.preferences'

/** What a person chose about how things look; kept in this browser. */
export interface Preferences {
  readonly language: Language
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'comfortable' | 'compact'
  readonly digits: 'latn' | 'arab'
  readonly calendar: 'gregory' | 'islamic-umalqura'
}

export const usePreferences = create<Preferences>(() => ({ ...defaults(), ...stored() }))

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  usePreferences.setState({ [name]: value } as Pick<Preferences, K>)
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()))
  } catch {
    // No room or no storage allowed: the choice holds until the page is closed.
  }
}

function defaults(): Preferences {
  return {
    language: preferredLanguage(navigator.languages),
    theme: 'system',
    density: 'comfortable',
    digits: 'latn',
    calendar: 'gregory',
  }
}

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
  } catch {
    return {}
  }
}
