import pg from 'pg'

const RECONNECT_WAIT_MS = 1_000

export interface ChannelListener {
  close(): Promise<void>
}

/**
 * Hears on a connection of its own what is notified on a channel of PostgreSQL's. A lost connection is made again;
 * `onAgain` then looks for what was missed.
 */
export async function listenToChannel(options: {
  readonly databaseUrl: string
  readonly channel: string
  readonly hear: (payload: string) => void
  readonly onAgain: () => Promise<void>
  readonly onError: (error: unknown, what: string) => void
}): Promise<ChannelListener> {
  const { databaseUrl, channel, hear, onAgain, onError } = options
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const reconnectSoon = () => {
    client = null
    if (closed || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      connect(true).catch((error: unknown) => {
        onError(error, `listening to ${channel}`)
        reconnectSoon()
      })
    }, RECONNECT_WAIT_MS)
  }

  const connect = async (again: boolean) => {
    const fresh = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
    fresh.on('error', (error) => onError(error, `connection that listens to ${channel}`))
    fresh.on('end', reconnectSoon)
    fresh.on('notification', ({ payload }) => hear(payload ?? ''))
    await fresh.connect()
    await fresh.query(`listen ${channel}`)
    client = fresh
    if (again) await onAgain()
  }

  await connect(false)
  return {
    async close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      await client?.end()
    },
  }
}
