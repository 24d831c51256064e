/** Milliseconds and bytes of fetching a linked file. */
const FETCH_MS_MAX = 5_000
const BYTES_MAX = 100 * 1024 * 1024

/**
 * Fetches the file behind a `link`, as Meta does after it has accepted the message. Only addresses of this machine are
 * fetched; others are believed, since the simulator never leaves the machine. `null` = cannot be had.
 */
export async function fetchLink(link: string): Promise<{ bytes: Buffer; mime: string } | 'elsewhere' | null> {
  const { hostname } = new URL(link)
  if (hostname !== '127.0.0.1' && hostname !== 'localhost') return 'elsewhere'
  try {
    const response = await fetch(link, { signal: AbortSignal.timeout(FETCH_MS_MAX) })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (!response.ok || bytes.length === 0 || bytes.length > BYTES_MAX) return null
    return { bytes, mime: response.headers.get('content-type') ?? 'application/octet-stream' }
  } catch {
    // An address that does not answer is what 131053 is for.
    return null
  }
}
