import { useStore } from 'zustand'
import { get, post } from './api.ts'
import { browserSurroundings } from './connection.ts'
import { InboxSync } from './inbox-sync.ts'
import { createSyncStore, type SyncState } from './store.ts'

/** The one store of this tab and what writes it. */
const store = createSyncStore()
export const sync = new InboxSync(store, {
  ...browserSurroundings(),
  storage: localStorage,
  get,
  post,
  wallMs: () => Date.now(),
  newClientId: () => crypto.randomUUID(),
})

/** Starts and listens to what the browser tells: shown again, back online, another tab's outbox. */
export function startSync(): void {
  void sync.start()
  addEventListener('online', () => sync.wake())
  addEventListener('focus', () => sync.wake())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') sync.wake()
  })
  addEventListener('storage', (event) => sync.storageChanged(event.key))
}

/** A part of the state; the component renders again when that part changes. */
export function useSync<T>(select: (state: SyncState) => T): T {
  return useStore(store, select)
}

/** Reading once, outside of rendering. */
export function readSync(): SyncState {
  return store.getState()
}
