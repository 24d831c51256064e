import { describe, expect, test } from 'vitest'
import { type DeliveryAnswers, ELSEWHERE, probeFault } from './probe-rules.ts'

const OWN = { url: 'https://hooks.example.com/webhooks/whatsapp', appId: 'app' }
const OTHER = 'https://old.example.com/hook'
const told = (callbackUrl: string | null, overrides: Record<string, string> = {}): DeliveryAnswers => ({
  fields: { fields: [], callbackUrl },
  subscription: { appIds: ['app'], overrides },
})

describe('deliveries come in, as far as one can know', () => {
  test.each<[string, DeliveryAnswers[]]>([
    ['nobody has asked Meta', []],
    ['Meta did not say where to', [{ fields: { fields: [] }, subscription: { appIds: [] } }]],
    ['Meta delivers to us', [told(OWN.url)]],
    ['Meta writes our address its own way', [told('https://HOOKS.example.com/webhooks/whatsapp/')]],
    ['the account has our address of its own', [told(OTHER, { app: OWN.url })]],
    ['another app goes elsewhere', [told(OWN.url, { another: OTHER })]],
  ])('when %s', (_what, answers) => {
    expect(probeFault('reached', answers, OWN)).toBeNull()
    expect(probeFault('unknown', answers, OWN)).toBeNull()
    expect(probeFault({ failed: 'refused' }, answers, OWN)).toBe('refused')
  })
})

test.each<[string, DeliveryAnswers[]]>([
  ['the app', [told(OTHER)]],
  ['the account of one of several numbers', [told(OWN.url), told(OWN.url, { app: OTHER })]],
])('Meta delivers elsewhere by the address of %s', (_what, answers) => {
  expect(probeFault('reached', answers, OWN)).toBe(`${ELSEWHERE}${OTHER}`)
})
