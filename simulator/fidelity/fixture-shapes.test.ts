import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'
import type { Change } from '../testing/webhook-receiver.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/cloud-api', import.meta.url))
/** What the simulator sends although no sample shows it; each is said in docs/subsystems/simulator.md. */
const BEYOND_THE_SAMPLES: readonly string[] = ['history: value.contacts[].wa_id']

/**
 * The fixtures are written from Meta's samples by somebody who did not write the simulator: whatever the simulator
 * sends must have its place in them, name by name.
 */
test('every name in the webhooks stands in the fixtures of its field', async () => {
  const phone = await connectPhone({ play: true })
  await doEverything(phone)
  const known = fixturePaths()
  const unknown = new Set<string>()
  for (const change of phone.receiver.changes()) {
    for (const path of pathsOf(change)) {
      // Standby wraps what other fields have, and bodies in echoes are those of messages; there are fewer samples of both.
      const unwrapped = path
        .replace('standby: value.standby.message_echoes[]', 'smb_message_echoes: value.message_echoes[]')
        .replace('standby: value.standby.', 'messages: value.')
      const asMessage = unwrapped.replace('smb_message_echoes: value.message_echoes[]', 'messages: value.messages[]')
      if (![path, unwrapped, asMessage].some((one) => known.has(one) || BEYOND_THE_SAMPLES.includes(one)))
        unknown.add(path)
    }
  }
  expect(phone.receiver.changes().length).toBeGreaterThan(40)
  expect(phone.receiver.changes('standby').length).toBeGreaterThan(3)
  expect(phone.receiver.changes('messaging_handovers')).toHaveLength(2)
  expect(phone.receiver.changes('calls')).toHaveLength(4)
  await phone.close()
  expect([...unknown].sort()).toEqual([])
})

async function doEverything(phone: ConnectedPhone): Promise<void> {
  const ask = (type: string) =>
    phone.graph('POST', `${phone.numberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: type })
  await ask('smb_app_state_sync')
  await ask('history')
  for (const by of ['customer', 'phone'] as const) {
    for (const message of [...MESSAGES, ...(by === 'customer' ? FROM_CUSTOMERS : [])]) {
      expect(await phone.act('c1', { by, do: 'send', message })).toHaveProperty('wamid')
    }
    const { wamid } = await phone.act('c2', { by, do: 'send', message: { type: 'text', body: 'a' } })
    await phone.act('c2', { by: 'customer', do: 'send', message: { type: 'text', body: 'b' }, quoteWamid: wamid })
    await phone.act('c2', { by, do: 'react', wamid, emoji: '👍' })
    await phone.act('c2', { by, do: 'edit', wamid, text: 'c' })
    await phone.act('c2', { by, do: 'delete', wamid })
  }
  const referral = { sourceId: '1', sourceUrl: 'https://fb.me/x', headline: 'h', body: 'b' }
  const text = { type: 'text', body: 'x' }
  await phone.act('c3', { by: 'customer', do: 'send', message: text, referral })
  await phone.act('c2', { by: 'customer', do: 'send', message: text, forwarded: true })
  for (const kind of ['button', 'list', 'template_button']) {
    const reply = { type: 'reply', kind, id: '1', title: 'Yes', description: 'd' }
    await phone.act('c2', { by: 'customer', do: 'send', message: reply })
  }
  for (const to of [{ to: '966522222222' }, { recipient: 'SA.1349120865530203' }, { to: '966599990000' }]) {
    await phone.send({ ...to, type: 'text', text: { body: 'x' }, biz_opaque_callback_data: 'ours' })
  }
  await withAnotherPartner(phone)
  await phone.control('PUT', `/numbers/${phone.numberId}/contacts/c2`, { addressBookName: 'Sam' })
  await phone.control('PUT', `/numbers/${phone.numberId}/contacts/c2`, { addressBookName: null })
  await phone.control('PUT', `/numbers/${phone.numberId}/customers/c2/identity`, {
    phone: '966523232323',
    userId: 'SA.2',
  })
  await phone.control('PUT', `/numbers/${phone.numberId}/customers/c3/identity`, { userId: 'SA.3' })
  await phone.graph('POST', `${phone.numberId}/username`, { username: 'tiny_shop' })
  for (const body of ['Thank you.', 'There is a sale.', 'Hello {{1}}{{2}} and more words to come here.']) {
    const components = [{ type: 'BODY', text: body }]
    const name = `t${body.length}`
    await phone.graph('POST', `${phone.loaded.wabaId}/message_templates`, {
      name,
      language: 'en',
      category: 'UTILITY',
      components,
    })
  }
  await phone.control('PUT', '/faults', { unavailableFirstRatio: 1 })
  const newcomer = { key: 'new', profileName: 'New', phone: '966577777777' }
  await phone.control('POST', `/numbers/${phone.numberId}/customers`, newcomer)
  await phone.act('new', { by: 'customer', do: 'send', message: text })
  await phone.advance(300_000)
  await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'reregister' })
  await phone.advance(300_000)
  await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'disconnect' })
  await phone.advance(1)
  await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId, apiOnly: true })
  await phone.act('c1', { by: 'customer', do: 'call', seconds: 84 })
  await phone.act('c3', { by: 'customer', do: 'call' })
  await phone.advance(300_000)
}

async function withAnotherPartner(phone: ConnectedPhone): Promise<void> {
  const number = `/numbers/${phone.numberId}`
  const roles = { ourRole: 'escalation', partnerRole: 'marketing' }
  await phone.control('PUT', `${number}/routing`, roles)
  const control = { messaging_product: 'whatsapp', to: '966522222222', metadata: 'm' }
  const pass = { action: 'pass', control_pass: { target_role: 'marketing' } }
  await phone.graph('POST', `${phone.numberId}/thread_control`, { ...control, ...pass })
  await phone.act('c2', { by: 'customer', do: 'send', message: { type: 'text', body: 'x' } })
  expect(await phone.control('POST', `${number}/chats/c2/partner`, { do: 'send', text: 'y' })).toHaveProperty('wamid')
  await phone.advance(60_000)
  await phone.graph('POST', `${phone.numberId}/thread_control`, { ...control, action: 'take' })
  await phone.control('PUT', `${number}/routing`, { ...roles, partnerRole: null })
}

const MESSAGES = [
  { type: 'text', body: 'x' },
  { type: 'image', fileSeed: 1, caption: 'c' },
  { type: 'video', fileSeed: 1, caption: 'c' },
  { type: 'document', fileSeed: 1, caption: 'c', filename: 'a.pdf' },
  { type: 'sticker', fileSeed: 1 },
  { type: 'audio', fileSeed: 1, voice: true, seconds: 2 },
  { type: 'location', latitude: 1, longitude: 2, name: 'n', address: 'a' },
  { type: 'contacts', name: 'A B', phone: '966500000009' },
]
const FROM_CUSTOMERS = [
  { type: 'order', catalogId: '1', text: 't', items: [{ productId: 'p', quantity: 1, price: 2, currency: 'SAR' }] },
  { type: 'unsupported', what: 'poll_creation' },
]

function fixturePaths(): Set<string> {
  const known = new Set<string>()
  const changes = (body: unknown): Change[] =>
    ((body as { entry?: { changes?: (Change | null)[] }[] }).entry ?? [])
      .flatMap((entry) => entry.changes ?? [])
      // Some fixtures are broken on purpose.
      .filter((change) => change !== null && change !== undefined)
  for (const folder of readdirSync(FIXTURES)) {
    for (const file of readdirSync(join(FIXTURES, folder)).filter((name) => name.endsWith('.json'))) {
      const body: unknown = JSON.parse(readFileSync(join(FIXTURES, folder, file), 'utf8'))
      for (const change of changes(body)) for (const path of pathsOf(change)) known.add(path)
    }
  }
  return known
}

/** `field: a.b[].c` for every name in the value. */
function pathsOf(change: Change): string[] {
  const paths: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const element of value) walk(element, `${path}[]`)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        paths.push(`${change.field}: ${path}.${name}`)
        walk(inner, `${path}.${name}`)
      }
    }
  }
  walk(change.value, 'value')
  return paths
}
