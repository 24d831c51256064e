import { expect, test } from 'vitest'
import type { ThreadOwner } from '../../../contract/thread-owner.ts'
import type { Translate } from '../../app/language.ts'
import { ownerWarning, ownerWords } from './owner-words.ts'

const t: Translate = (key, values) => (values === undefined ? key : `${key} ${values.role}`)
const owner = (by: ThreadOwner['by'], role: string | null): ThreadOwner => ({
  ...{ by, role, note: null, sinceMs: 0, seenAtMs: 0, idleAtMs: 1 },
})

test('who has a thread, with the role where one was told; a role nobody knows stays as it is', () => {
  expect(ownerWords(t, owner('partner', 'marketing'))).toBe('owner.partnerRole partnerRole.marketing')
  expect(ownerWords(t, owner('partner', null))).toBe('owner.partner')
  expect(ownerWords(t, owner('us', 'customer_service'))).toBe('owner.us partnerRole.customerService')
  expect(ownerWords(t, owner('us', null))).toBe('owner.usPlain')
  expect(ownerWords(t, owner('unknown', 'new_role'))).toContain('new_role')
  expect(ownerWords(t, owner('unknown', null))).toBe('owner.unknown owner.noRole')
})

test('a writer is warned unless the thread is ours; Meta’s own agent gives way', () => {
  expect(ownerWarning(owner('us', 'marketing'))).toBeNull()
  expect(ownerWarning(owner('partner', 'marketing'))?.[0]).toBe('owner.composerPartner')
  expect(ownerWarning(owner('partner', 'ai_agent'))?.[0]).toBe('owner.composerAgent')
  expect(ownerWarning(owner('unknown', 'marketing'))?.[0]).toBe('owner.composerUnknown')
})
