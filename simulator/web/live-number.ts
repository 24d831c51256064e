import type { Chat, SimulatedNumber } from '../control-api.ts'
import { type ChatChange, control, controlOf, followChanges, type NumberControl } from './control-client.ts'

/** Milliseconds between two loads of the list of chats, however many messages come. */
const LIST_PAUSE_MS = 700

/** The business number a page shows, kept up to date. */
export interface LiveNumber {
  readonly number: SimulatedNumber
  readonly of: NumberControl
  /** The simulator's clock now, unix ms. */
  readonly nowMs: () => number
}

export interface Watcher {
  readonly onChats: (chats: readonly Chat[]) => void
  readonly onChat: (customerKey: string) => void
  readonly onConnection: (open: boolean) => void
}

/** The number named by `?number=`, else the newest; `null` when there is none. */
export async function findNumber(): Promise<LiveNumber | null> {
  const state = await control.state()
  const asked = new URL(location.href).searchParams.get('number')
  const number = state.numbers.find((each) => each.phoneNumberId === asked) ?? state.numbers.at(-1)
  if (!number) return null
  let offsetMs = state.nowMs - Date.now()
  // The clock may be moved by anybody: look again now and then, so that "today" stays true.
  setInterval(() => {
    control.state().then(
      (fresh) => {
        offsetMs = fresh.nowMs - Date.now()
      },
      () => undefined,
    )
  }, 20_000)
  return { number, of: controlOf(number.phoneNumberId), nowMs: () => Date.now() + offsetMs }
}

/** Loads the chats now and after changes, seldom enough for a busy shop; after a lost connection everything again. */
export function watchNumber(live: LiveNumber, watcher: Watcher): void {
  let loading = false
  let wanted = false
  const load = async () => {
    if (loading) {
      wanted = true
      return
    }
    loading = true
    wanted = false
    const chats = await live.of.chats().catch(() => null)
    if (chats) watcher.onChats(chats)
    setTimeout(() => {
      loading = false
      if (wanted) void load()
    }, LIST_PAUSE_MS)
  }
  const changed = (change: ChatChange) => {
    if (change.phoneNumberId !== live.number.phoneNumberId) return
    watcher.onChat(change.customerKey)
    void load()
  }
  followChanges(changed, (open) => {
    watcher.onConnection(open)
    if (open) void load()
  })
}
