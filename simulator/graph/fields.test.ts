import { expect, test } from 'vitest'
import { askedFields } from './fields.ts'

const known = ['id', 'throughput', 'analytics']

test('commas inside brackets part nothing; parameters are read by name', () => {
  expect(askedFields('id, throughput{level,x},analytics.start(1).phone_numbers([1,2])', known, 'Node')).toEqual([
    { name: 'id', parameters: {} },
    { name: 'throughput', parameters: {} },
    { name: 'analytics', parameters: { start: '1', phone_numbers: '[1,2]' } },
  ])
})

test('a field that is none is named', () => {
  expect(askedFields('id,thruput', known, 'Node')).toMatchObject({
    code: 100,
    message: expect.stringContaining('(thruput)'),
  })
})
