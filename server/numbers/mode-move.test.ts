import { describe, expect, test } from 'vitest'
import type { GraphAnswer, GraphNumber } from '../whatsapp/graph-answer.ts'
import { moveRefusal } from './mode-move.ts'
import { planNumber } from './number-return.ts'

const number = (isOnBizApp: boolean, platformType: string | null) =>
  ({ kind: 'ok', value: { isOnBizApp, platformType } as GraphNumber }) satisfies GraphAnswer<GraphNumber>
const refused = (code: number): GraphAnswer<GraphNumber> => ({
  kind: 'error',
  status: 400,
  error: { code, title: '', details: null, traceId: null },
})
const UNCLEAR: GraphAnswer<GraphNumber> = { kind: 'unclear', why: 'timeout', detail: '' }

describe('a number moves only when Graph shows that it has', () => {
  test.each([
    ['api_only', number(false, 'CLOUD_API'), 0, null],
    ['api_only', number(false, 'CLOUD_API'), 3, null],
    ['api_only', number(true, 'CLOUD_API'), 0, 'still_on_phone'],
    ['api_only', number(false, 'NOT_APPLICABLE'), 0, 'not_in_api'],
    ['api_only', refused(200), 0, 'not_in_api'],
    ['api_only', refused(4), 0, 'unknown'],
    ['api_only', UNCLEAR, 0, 'unknown'],
    ['api_only', null, 0, 'not_in_api'],
    ['app_only', number(true, 'CLOUD_API'), 0, 'still_in_api'],
    ['app_only', number(true, 'NOT_APPLICABLE'), 0, null],
    ['app_only', refused(190), 0, null],
    ['app_only', refused(200), 0, null],
    ['app_only', refused(200), 2, 'messages_waiting'],
    ['app_only', refused(2), 0, 'unknown'],
    ['app_only', null, 0, null],
  ] as const)('to %s by %j with %i waiting: %s', (target, answer, waiting, why) => {
    expect(moveRefusal(target, { answer, waiting })).toEqual(why === null ? null : { why, waiting })
  })
})

describe('how a confirmed number begins', () => {
  const wish = { mode: 'coexistence', imports: true, numberId: null } as const
  const known = (state: 'live' | 'syncing' | 'at_risk' | 'removed' | 'offboarded', mode: 'coexistence' | 'api_only') =>
    ({ id: 'n', state, mode }) as const
  test.each([
    [wish, null, { state: 'syncing', syncs: true }],
    [{ ...wish, imports: false }, null, { state: 'live', syncs: false }],
    [{ ...wish, mode: 'api_only' as const }, null, { state: 'live', syncs: false }],
    [wish, known('live', 'coexistence'), null],
    [{ ...wish, numberId: 'n' }, known('live', 'coexistence'), { state: 'live', syncs: false }],
    [{ ...wish, numberId: 'n' }, known('syncing', 'coexistence'), { state: 'syncing', syncs: false }],
    [{ ...wish, numberId: 'n' }, known('live', 'api_only'), { state: 'syncing', syncs: true }],
    [wish, known('at_risk', 'coexistence'), { state: 'live', syncs: false }],
    [wish, known('removed', 'coexistence'), { state: 'syncing', syncs: true }],
    [wish, known('offboarded', 'coexistence'), { state: 'syncing', syncs: true }],
  ] as const)('%j, known as %j', (wanted, before, plan) => {
    expect(planNumber(wanted, before)).toEqual(plan)
  })
})
