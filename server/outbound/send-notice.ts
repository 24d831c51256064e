/**
 * What processes on one database tell each other about sending, on one channel of PostgreSQL's: that a message waits, how
 * many messages came in for numbers, and that they are there. Each begins with who says it: nobody heeds their own.
 */
export type SendNotice = { readonly by: string } & (
  | { readonly what: 'waits'; readonly workspaceId: string; readonly numberId: string }
  | { readonly what: 'heard'; readonly counts: readonly (readonly [numberId: string, count: number])[] }
  | { readonly what: 'hello' | 'here' }
)

export const SEND_CHANNEL = 'wasl_send'
/** PostgreSQL takes 8,000 bytes; a number and its count are 43 at most. */
export const COUNTS_MAX = 150

/** As the channel carries it. */
export function noticeText(notice: SendNotice): string {
  switch (notice.what) {
    case 'waits':
      return [notice.by, notice.what, notice.workspaceId, notice.numberId].join(' ')
    case 'heard':
      return [notice.by, notice.what, ...notice.counts.flat()].join(' ')
    case 'hello':
    case 'here':
      return [notice.by, notice.what].join(' ')
    default:
      return notice satisfies never
  }
}

/** `null`: not one of ours. */
export function readNotice(text: string): SendNotice | null {
  const [by = '', what, ...rest] = text.split(' ')
  switch (what) {
    case 'waits': {
      const [workspaceId, numberId] = rest
      return workspaceId === undefined || numberId === undefined ? null : { by, what, workspaceId, numberId }
    }
    case 'heard': {
      const counts = rest.flatMap((numberId, at) => (at % 2 === 0 ? [[numberId, Number(rest[at + 1])] as const] : []))
      return counts.every(([, count]) => Number.isInteger(count)) ? { by, what, counts } : null
    }
    case 'hello':
    case 'here':
      return { by, what }
    default:
      return null
  }
}
