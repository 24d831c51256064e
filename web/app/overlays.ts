import { create } from 'zustand'

/** What lies over the page; at most one thing at a time. */
export type Overlay = 'palette' | 'help' | 'rail'

export const useOverlay = create<{ readonly shown: Overlay | null }>(() => ({ shown: null }))

export function showOverlay(shown: Overlay): void {
  useOverlay.setState({ shown })
}

export function hideOverlay(): void {
  useOverlay.setState({ shown: null })
}
