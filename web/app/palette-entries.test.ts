import { expect, test } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import { findConversations } from './palette-entries.ts'

const people = [
  person('أحمد الغامدي', '966504447821'),
  person('Tomás Pereira', '351910000000'),
  person('فاطمة', null, 'fatima.z'),
]

test.each([
  ['احمد', ['أحمد الغامدي']],
  ['tomas', ['Tomás Pereira']],
  ['فاطمه', ['فاطمة']],
  ['0444', ['أحمد الغامدي']],
  ['٠٤٤٤', ['أحمد الغامدي']],
  ['fatima', ['فاطمة']],
  ['pereira tom', ['Tomás Pereira']],
  ['nobody', []],
])('%s', (typed, names) => {
  expect(findConversations(people, typed).map((found) => found.contact.profileName)).toEqual(names)
})

test('shows no more than asked for', () => {
  expect(findConversations(people, '', 2)).toHaveLength(2)
})

function person(profileName: string, phone: string | null, username: string | null = null): Conversation {
  const contact = {
    id: profileName,
    phone,
    userId: null,
    username,
    addressBookName: null,
    profileName,
    agentName: null,
  }
  return {
    id: profileName,
    numberId: 'n',
    contact,
    last: null,
    lastAtMs: 0,
    inboundCount: 0,
    lastInboundAtMs: null,
    owner: null,
  }
}
