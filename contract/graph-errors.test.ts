import { describe, expect, test } from 'vitest'
import { GRAPH_ERRORS, graphErrorRule, listedGraphError } from './graph-errors.ts'

// Every code of Meta's list, written out once more so that a code lost from the table is noticed here.
const LISTED = `
0 1 2 3 4 10 33 100 190 200 250 299 368 613 80007 130429 130472 130497 131000 131005 131008 131009 131016 131020 131021
131026 131030 131031 131037 131041 131042 131044 131045 131047 131048 131049 131050 131051 131052 131053 131055 131056
131057 131059 131060 131061 131062 131063 131064 131065 131070 131201 131215 132000 132001 132005 132007 132008 132012
132015 132016 132018 132068 132069 133000 133004 133005 133006 133008 133009 133010 133015 133016 134011 134100 134101
134102 134103 135000 137000 138000 138001 138002 138003 138006 138009 138012 138018 138038 139000 139004 139100 139103
147001 147005 200005 200006 200007 1752041 2388001 2388012 2388019 2388040 2388047 2388072 2388073 2388091 2388093
2388103 2388293 2388299 2494100 2494164 2494179 2494191 2593079 2593085 2593107 2593108 2593109
`
  .trim()
  .split(/\s+/)
  .map(Number)

describe('the table of Graph error codes', () => {
  test.each(LISTED)('knows %i', (code) => expect(listedGraphError(code)).not.toBeNull())

  test('holds each code once, and none that is not listed', () => {
    const ends = GRAPH_ERRORS.flatMap(({ codes }) => codes.flat())
    expect(ends.filter((code, at) => ends.indexOf(code) !== at || !LISTED.includes(code))).toEqual([])
  })

  test('asks again only where the request surely did not happen', () => {
    const again = LISTED.filter((code) => ['retry', 'wait'].includes(graphErrorRule(code).action))
    expect(again.sort((a, b) => a - b)).toEqual([2, 4, 80007, 130429, 131016, 131056, 131057, 133004, 2494100])
    for (const code of again) expect(graphErrorRule(code)).toMatchObject({ actor: 'nobody', cost: 'nothing' })
  })

  test('a lost token or permission means connecting anew', () => {
    const reconnect = LISTED.filter((code) => graphErrorRule(code).action === 'reconnect')
    expect(reconnect).toEqual([0, 10, 33, 190, 200, 250, 299, 131005])
  })

  test('what it cost is open only where Meta does not say what happened', () => {
    expect(LISTED.filter((code) => graphErrorRule(code).cost === 'unclear')).toEqual([1, 131000])
  })

  test('the closed window is told to who writes', () => {
    expect(graphErrorRule(131047)).toMatchObject({
      ...{ action: 'tell_user', actor: 'writer', message: 'reply_window_closed', cost: 'nothing' },
    })
  })

  test('tells an unknown code to the user', () => {
    expect(listedGraphError(987654)).toBeNull()
    expect(graphErrorRule(987654)).toEqual({
      ...{ action: 'tell_user', actor: 'writer', message: 'unknown', cost: 'unclear' },
    })
  })
})
