import { describe, expect, test } from 'vitest'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { judgeSend, judgeUpload, SEND_RETRY_FOR_MS } from './send-outcome.ts'

const refusal = (code: number): GraphAnswer<never> => ({
  kind: 'error',
  status: 400,
  error: { code, title: 'title', details: 'details', traceId: null },
})

describe('judging a send', () => {
  test('takes the wamid of an accepted message', () => {
    expect(judgeSend({ kind: 'ok', value: { wamid: 'wamid.A' } }, 0)).toEqual({ kind: 'accepted', wamid: 'wamid.A' })
  })

  test.each(['timeout', 'connection_lost', 'unreadable'] as const)(
    'never repeats what may have happened: %s',
    (why) => {
      expect(judgeSend({ kind: 'unclear', why, detail: '' }, 0)).toEqual({ kind: 'unconfirmed' })
    },
  )

  test('tries again what surely did not happen: refused connection, rate limits, service away', () => {
    expect(judgeSend({ kind: 'unreachable', detail: 'ECONNREFUSED' }, 0)).toEqual({
      kind: 'again',
      afterMs: 1_000,
      doubtful: false,
      code: null,
    })
    for (const code of [130429, 131056, 131016, 133004, 2]) {
      expect(judgeSend(refusal(code), 8_000)).toEqual({ kind: 'again', afterMs: 8_000, doubtful: false, code })
    }
    expect(judgeSend(refusal(131016), SEND_RETRY_FOR_MS - 1)).toEqual({
      kind: 'again',
      afterMs: 60_000,
      doubtful: false,
      code: 131016,
    })
  })

  test('gives up after ten minutes and says why', () => {
    expect(judgeSend(refusal(131016), SEND_RETRY_FOR_MS)).toEqual({
      kind: 'failed',
      error: { code: 131016, title: 'title', details: 'details' },
    })
  })

  test('waits a limit out for as long as an answer may be given', () => {
    for (const code of [4, 80007, 130429, 131056]) {
      expect(judgeSend(refusal(code), REPLY_WINDOW_MS - 1)).toMatchObject({ kind: 'again', code })
      expect(judgeSend(refusal(code), REPLY_WINDOW_MS)).toMatchObject({ kind: 'failed', error: { code } })
    }
  })

  test.each([190, 200, 10, 131005])('keeps what was refused with the access (%i), and doubts the number', (code) => {
    expect(judgeSend(refusal(code), 5_000)).toEqual({ kind: 'again', afterMs: 5_000, doubtful: true, code })
    expect(judgeSend(refusal(code), SEND_RETRY_FOR_MS)).toMatchObject({ kind: 'failed', error: { code } })
  })

  test.each([131047, 100, 131000, 1])('tells code %i at once', (code) => {
    expect(judgeSend(refusal(code), 0)).toMatchObject({ kind: 'failed', error: { code } })
  })
})

describe('a file that was to be given to Meta', () => {
  test('is there, or is given again while the message is young, also when the answer was lost', () => {
    expect(judgeUpload({ kind: 'ok', value: { mediaId: '42' } }, 0)).toEqual({ kind: 'uploaded', mediaId: '42' })
    const lost: readonly GraphAnswer<never>[] = [
      { kind: 'unclear', why: 'timeout', detail: '' },
      { kind: 'unreachable', detail: 'ECONNREFUSED' },
    ]
    for (const answer of lost) {
      expect(judgeUpload(answer, 0)).toMatchObject({ kind: 'again', afterMs: 1_000 })
      expect(judgeUpload(answer, SEND_RETRY_FOR_MS)).toMatchObject({ kind: 'failed' })
    }
  })

  test('fails with Meta’s words, or with ours when it is not kept any more', () => {
    expect(judgeUpload(refusal(131053), 0)).toMatchObject({ kind: 'failed', error: { code: 131053 } })
    expect(judgeUpload(null, 0)).toMatchObject({ kind: 'failed', error: { code: null, title: 'media_unavailable' } })
  })
})
