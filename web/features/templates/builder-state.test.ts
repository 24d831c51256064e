import { expect, test } from 'vitest'
import { checkTemplate } from '../../../contract/template-rules.ts'
import { emptyDraft, nextVariable, toldFaults, withCategory, withComponent, withSample } from './builder-state.ts'

test('parts stand in the order of the phone, whatever the order in which they are written', () => {
  const { components } = emptyDraft('w1', 'ar')
  const footer = withComponent(components, 'FOOTER', { type: 'FOOTER', text: 'a' })
  const all = withComponent(footer, 'HEADER', { type: 'HEADER', format: 'LOCATION' })
  expect(all.map(({ type }) => type)).toEqual(['HEADER', 'BODY', 'FOOTER'])
  expect(withComponent(all, 'FOOTER', null).map(({ type }) => type)).toEqual(['HEADER', 'BODY'])
})

test('samples keep their places', () => {
  const body = withSample({ type: 'BODY', text: '{{1}} {{2}}' }, '2', 'b', false)
  expect(body.example).toEqual({ body_text: [['', 'b']] })
  expect(withSample(body, '1', 'a', false).example).toEqual({ body_text: [['a', 'b']] })
  expect(withSample({ type: 'BODY' }, 'name', 'Huda', true).example).toEqual({
    body_text_named_params: [{ param_name: 'name', example: 'Huda' }],
  })
})

test('the next variable is the first that is free', () => {
  expect([nextVariable([], false), nextVariable(['1', '3'], false), nextVariable(['value_1'], true)]).toEqual([
    '{{1}}',
    '{{2}}',
    '{{value_2}}',
  ])
})

test('authentication has a form of its own, and leaving it begins anew', () => {
  const code = withCategory(emptyDraft('w1', 'ar'), 'AUTHENTICATION')
  expect(checkTemplate({ ...code, name: 'code' })).toEqual([])
  expect(withCategory(code, 'UTILITY').components).toEqual([{ type: 'BODY', text: '' }])
})

test('what is only not written yet is told when somebody wants to go on', () => {
  const draft = emptyDraft('w1', 'ar')
  const faults = checkTemplate(draft)
  expect(faults.length).toBeGreaterThan(1)
  expect(toldFaults(faults, draft, false)).toEqual([])
  expect(toldFaults(faults, draft, true)).toEqual(faults)
})
