import { expect, test } from 'vitest'
import { timeByStage } from './cpu-profile.ts'

test('counts for the innermost file of ours, names the package that ran, leaves idle time out', () => {
  const frame = (url: string, functionName = 'f') => ({ functionName, url })
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('', '(root)'), children: [2, 4, 5, 6] },
      { id: 2, callFrame: frame('file:///clone/server/intake/routes.ts'), children: [3] },
      { id: 3, callFrame: frame('file:///clone/node_modules/pg/lib/query.js') },
      { id: 4, callFrame: frame('', '(idle)') },
      { id: 5, callFrame: frame('node:net') },
      { id: 6, callFrame: frame('', '(garbage collector)') },
    ],
    samples: [2, 3, 3, 4, 5, 6],
    timeDeltas: [10, 20, 30, 1000, 40, 50],
  }
  expect(Object.fromEntries(timeByStage(profile))).toEqual({
    'server/intake/routes': 10,
    'server/intake/routes, in pg': 50,
    node: 40,
    '(garbage collector)': 50,
  })
})
