import { expect, test } from 'vitest'
import { usernameFault } from './business-username.ts'

test.each([
  ['noor_home', null],
  ['Noor.Home.1', null],
  ['abc', null],
  ['a'.repeat(35), null],
  ['ab', 'length'],
  ['a'.repeat(36), 'length'],
  ['نور', 'signs'],
  ['noor home', 'signs'],
  ['12345', 'no_letter'],
  ['.noor', 'dots'],
  ['noor.', 'dots'],
  ['noor..home', 'dots'],
  ['www.noor', 'www'],
  ['noor.com', 'domain'],
])('%s: %s', (username, fault) => {
  expect(usernameFault(username)).toBe(fault)
})
