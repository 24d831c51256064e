import { type ChannelListener, listenToChannel } from '../platform/listen-channel.ts'
import type { FeedHub } from './publish-feed.ts'

/** PostgreSQL's channel for "the feed has grown"; the payload is `<workspace id>:<seq>`. */
export const FEED_CHANNEL = 'wasl_feed'

/**
 * Hears what other processes on this database committed, and tells the hub. When the connection was lost, `heads` says how
 * far each workspace's feed has come, for what was missed.
 */
export function listenToFeed(options: {
  databaseUrl: string
  hub: FeedHub
  heads: () => Promise<readonly { readonly workspaceId: string; readonly seq: number }[]>
  onError: (error: unknown, what: string) => void
}): Promise<ChannelListener> {
  const { databaseUrl, hub, heads, onError } = options
  return listenToChannel({
    databaseUrl,
    channel: FEED_CHANNEL,
    hear: (payload) => {
      const notice = readNotice(payload)
      if (notice !== null) hub.notice(notice.workspaceId, notice.seq)
    },
    onAgain: async () => {
      for (const head of await heads()) hub.notice(head.workspaceId, head.seq)
    },
    onError,
  })
}

function readNotice(payload: string): { workspaceId: string; seq: number } | null {
  const match = /^([0-9a-f-]{36})[: ](\d+)$/.exec(payload)
  return match === null ? null : { workspaceId: match[1] ?? '', seq: Number(match[2]) }
}
