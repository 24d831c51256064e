import type { ReadConversationBody } from '../../contract/api/inbox.ts'
import type { ConversationId } from '../../contract/ids.ts'
import { isTemporary, type Result } from './api.ts'
import type { SyncStore } from './store.ts'

export interface ReadMarker {
  /** The member has the whole conversation before their eyes. */
  mark(id: ConversationId): void
  /** Says again what the server could not be told. */
  flush(): void
  /** Another member acts here: what waits is not theirs. */
  forget(): void
}

interface Surroundings {
  post(path: string, body: ReadConversationBody): Promise<Result<unknown>>
}

/** Marks conversations read: here at once, on the server as soon as it can be told. */
export function readMarker(store: SyncStore, around: Surroundings): ReadMarker {
  const untold = new Map<ConversationId, number>()

  async function tell(id: ConversationId, inboundCount: number): Promise<void> {
    const answer = await around.post(`/conversations/${encodeURIComponent(id)}/read`, { inboundCount })
    if (untold.get(id) !== inboundCount) return
    if (answer.ok || !isTemporary(answer.failure)) untold.delete(id)
  }

  return {
    mark(id) {
      const { inbox } = store.getState()
      const count = inbox?.conversations[id]?.inboundCount ?? 0
      if (inbox === null || count <= (inbox.reads[id] ?? 0)) return
      store.setState({ inbox: { ...inbox, reads: { ...inbox.reads, [id]: count } } })
      untold.set(id, count)
      void tell(id, count)
    },
    flush() {
      for (const [id, count] of untold) void tell(id, count)
    },
    forget: () => untold.clear(),
  }
}
