import type { MessagesPage, Snapshot } from '../../contract/api/inbox.ts'
import type { NumbersAnswer, Session } from '../../contract/api/workspace.ts'
import type { Message } from '../../contract/message.ts'
import type { WaslHome } from './wasl.ts'

/** A member at the inbox's API, as the browser is one. */
export interface InboxClient {
  readonly cookie: string
  readonly origin: string
  /** Where to subscribe from now on. */
  streamUrl(): Promise<string>
  snapshot(): Promise<Snapshot>
  numbers(): Promise<NumbersAnswer>
  /** A whole thread, oldest first, by as many pages as it takes. */
  thread(conversationId: string): Promise<Message[]>
}

/** Signs in as the first member. */
export async function openInbox(home: WaslHome): Promise<InboxClient> {
  const origin = `http://127.0.0.1:${home.inboxPort}`
  const session = (await answerOf(await fetch(`${origin}/api/v1/session`))) as Session
  const memberId = session.members[0]?.id
  const chosen = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ memberId }),
  })
  await answerOf(chosen)
  const cookie = chosen.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const get = async <T>(path: string) => (await answerOf(await fetch(`${origin}${path}`, { headers: { cookie } }))) as T
  return {
    cookie,
    origin,
    snapshot: () => get<Snapshot>('/api/v1/snapshot'),
    numbers: () => get<NumbersAnswer>('/api/v1/numbers'),
    async streamUrl() {
      const { feedId, state } = await get<Snapshot>('/api/v1/snapshot')
      return `ws://127.0.0.1:${home.inboxPort}/api/v1/stream?feed=${feedId}&after=${state.seq}`
    },
    async thread(conversationId) {
      const pages: (readonly Message[])[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const page: MessagesPage = await get(`/api/v1/conversations/${conversationId}/messages?limit=100${more}`)
        pages.unshift(page.messages)
        cursor = page.nextCursor
      }
      return pages.flat()
    },
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`)
  return text === '' ? null : JSON.parse(text)
}
