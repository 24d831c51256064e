import type { IncomingMessage } from 'node:http'

type Request = Pick<IncomingMessage, 'method' | 'headers'>

/** Whether a request was meant for this server and comes from its own pages. */
export type OwnOrigin = (request: Request) => boolean

/**
 * Judges by Host, Origin and Sec-Fetch-Site. A Host that is not ours means that somebody else's name was pointed at this
 * machine (DNS rebinding); an Origin that is not ours means that a page of another site sent it. Programs that are
 * no browser send neither Origin nor Sec-Fetch-Site and are let through. `authorities` gives `host:port` as a browser
 * writes it.
 */
export function createOwnOrigin(authorities: () => readonly string[]): OwnOrigin {
  return (request) => {
    const own = authorities()
    if (!own.includes(request.headers.host?.toLowerCase() ?? '')) return false
    const { origin } = request.headers
    if (origin !== undefined && !own.includes(origin.replace(/^http:\/\//, '').toLowerCase())) return false
    const site = request.headers['sec-fetch-site']
    // Following a link from elsewhere is fine; another site's script or form is not.
    const isNavigation = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate'
    return site === undefined || site === 'same-origin' || site === 'none' || isNavigation
  }
}

/** The names under which a browser on this machine reaches a port of the loopback interface. */
export function loopbackAuthorities(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
}
