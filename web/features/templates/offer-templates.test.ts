import { expect, test } from 'vitest'
import type { Template } from '../../../contract/api/templates.ts'
import type { TemplateStanding } from '../../../contract/template-standing.ts'
import { matchesSearch, offerTemplates } from './offer-templates.ts'

const template = (name: string, standing: TemplateStanding, more: Partial<Template> = {}): Template => ({
  ...{
    id: name,
    wabaId: 'w1',
    name,
    language: 'ar',
    version: 1,
    authorId: null,
    libraryName: null,
    review: 'submitted',
  },
  ...{ submittedVersion: 1, standing, drifted: false, dueMs: null, endMs: null, nextEditMs: null, meta: null },
  wording: {
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'أهلاً بك، طلبك في الطريق إليك' }],
  },
  ...more,
})

test.each([
  ['', true],
  ['order', true],
  ['ORDER ready', true],
  ['اهلا', true],
  ['طلبك الطريق', true],
  ['invoice', false],
])('looking for %j', (search, found) => {
  expect(matchesSearch(template('order_ready', 'approved'), search)).toBe(found)
})

test('what was used last stands first; what may not be sent stands apart, and other accounts nowhere', () => {
  const all = [
    template('a', 'approved'),
    template('b', 'due'),
    template('c', 'paused'),
    template('d', 'archived'),
    template('e', 'approved', { wabaId: 'w2' }),
    template('f', 'deleted'),
    template('g', 'put_away'),
  ]
  const { sendable, others } = offerTemplates(all, { wabaId: 'w1', search: '', recent: ['b'] })
  expect(sendable.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(others.map(({ template: { id }, standing }) => [id, standing])).toEqual([['c', 'paused']])
})
