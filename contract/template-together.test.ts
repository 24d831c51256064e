import { expect, test } from 'vitest'
import type { Template } from './api/templates.ts'
import { goesTogether } from './template-together.ts'

const NOW_MS = Date.UTC(2026, 10, 28)
const code = (id: string, more: Partial<Template> = {}): Template => ({
  ...{
    id,
    wabaId: 'w1',
    name: 'code',
    language: id,
    version: 1,
    authorId: null,
    libraryName: null,
    review: 'reviewed',
  },
  ...{
    submittedVersion: null,
    standing: 'unsubmitted',
    drifted: false,
    dueMs: null,
    endMs: null,
    nextEditMs: null,
    meta: null,
  },
  wording: {
    category: 'AUTHENTICATION',
    parameterFormat: 'POSITIONAL',
    components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] }],
  },
  ...more,
})
const withMinutes = (minutes: number) => {
  const { wording } = code('x')
  return {
    wording: { ...wording, components: [...wording.components, { type: 'FOOTER', code_expiration_minutes: minutes }] },
  }
}

test.each<[string, Partial<Template>, Partial<Template>, boolean]>([
  ['another language', {}, {}, true],
  ['an edit that Meta takes by now', {}, { nextEditMs: NOW_MS }, true],
  ['an edit that Meta takes later', {}, { nextEditMs: NOW_MS + 1 }, false],
  ['another name', {}, { name: 'other' }, false],
  ['another account', {}, { wabaId: 'w2' }, false],
  ['one that nobody approved here', {}, { review: 'in_review' }, false],
  ['one in Meta’s archive', {}, { standing: 'archived' }, false],
  ['one of Meta’s library', {}, { libraryName: 'x' }, false],
  ['other choices', {}, withMinutes(5), false],
  ['the same choices', withMinutes(5), withMinutes(5), true],
  ['no one-time password', { wording: { ...code('x').wording, category: 'UTILITY' } }, {}, false],
])('with %s', (_name, one, other, together) => {
  expect(goesTogether(code('en', one), code('ar', other), NOW_MS)).toBe(together)
  expect(goesTogether(code('ar', other), code('en', one), NOW_MS)).toBe(together)
})
