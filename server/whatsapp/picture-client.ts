const TIMEOUT_MS = 20_000
/** A profile's picture is small; Meta's own limit for one that comes up is 5 MB. */
const BYTES_MAX = 5 * 1024 * 1024
/**
 * Where Meta keeps pictures for everybody who has the address. Constructed: its pages name none, and nothing else is called
 * for an address that came in an answer.
 */
const HOSTS = ['whatsapp.net', 'fbcdn.net', 'fbsbx.com', 'facebook.com']

/**
 * The bytes of a profile's picture; `null`: it could not be had. No token goes with it: the address itself is signed.
 * `graphUrl` may be asked too, since the simulator keeps its pictures beside its Graph.
 */
export async function fetchPicture(address: string, graphUrl: string): Promise<Buffer | null> {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !(isMetas(url) || url.origin === new URL(graphUrl).origin)) return null
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    if (!response.ok || response.body === null) return null
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of response.body) {
      bytes += part.byteLength
      if (bytes > BYTES_MAX) return null // Leaving the loop ends the download.
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch {
    return null // Refused, cut off, or too slow; it is asked for again when Meta is.
  }
}

function isMetas({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}
