import { describe, expect, test } from 'vitest'
import { type Contact, contactName } from './conversation.ts'

const nobody: Contact = {
  id: 'p1',
  phone: null,
  userId: null,
  username: null,
  addressBookName: null,
  profileName: null,
  agentName: null,
}

describe('contactName', () => {
  const steps: [Partial<Contact>, string][] = [
    [{}, ''],
    [{ userId: 'SA.1' }, 'SA.1'],
    [{ phone: '966500000001' }, '+966500000001'],
    [{ username: 'layla.h' }, '@layla.h'],
    [{ profileName: 'Layla' }, 'Layla'],
    [{ addressBookName: 'Layla VIP' }, 'Layla VIP'],
    [{ agentName: 'Layla Al-Harbi' }, 'Layla Al-Harbi'],
  ]
  let known: Contact = nobody
  for (const [more, name] of steps) {
    known = { ...known, ...more }
    const contact = known
    test(`${Object.keys(more)[0] ?? 'nothing'} gives “${name}”, over all that came before`, () => {
      expect(contactName(contact)).toBe(name)
    })
  }
})
