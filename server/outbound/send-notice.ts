import type { Wait } from './back-off.ts'

/**
 * What processes on one database tell each other about sending, on one channel of PostgreSQL's: that a message waits, that a
 * number or a customer has to wait, how many messages came in for numbers, and that they are there. Each begins with who says
 * it: nobody heeds their own.
 */
export type SendNotice = { readonly by: string } & (
  | { readonly what: 'waits'; readonly workspaceId: string; readonly numberId: string }
  | { readonly what: 'held'; readonly workspaceId: string; readonly wait: Wait }
  | { readonly what: 'heard'; readonly counts: readonly (readonly [numberId: string, count: number])[] }
  | { readonly what: 'hello' | 'here' }
)

export const SEND_CHANNEL = 'wasl_send'
/** Said by nobody, a notice is heeded by every process. */
export const NOBODY = 'nobody'
/** Stands where a wait is that of the number, and of no single customer. */
const WHOLE_NUMBER = '-'
/** PostgreSQL takes 8,000 bytes; a number and its count are 43 at most. */
export const COUNTS_MAX = 150

/** As the channel carries it. */
export function noticeText(notice: SendNotice): string {
  switch (notice.what) {
    case 'waits':
      return [notice.by, notice.what, notice.workspaceId, notice.numberId].join(' ')
    case 'held': {
      const { workspaceId, wait } = notice
      const [whose, ms] =
        'pausedMs' in wait ? [WHOLE_NUMBER, wait.pausedMs] : ([wait.conversationId, wait.heldMs] as const)
      return [notice.by, notice.what, workspaceId, wait.numberId, whose, ms].join(' ')
    }
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
    case 'held': {
      const [workspaceId, numberId, whose, text] = rest
      const ms = Number(text)
      if (workspaceId === undefined || numberId === undefined || whose === undefined || !Number.isFinite(ms))
        return null
      const wait = whose === WHOLE_NUMBER ? { numberId, pausedMs: ms } : { numberId, conversationId: whose, heldMs: ms }
      return { by, what, workspaceId, wait }
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
