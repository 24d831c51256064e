import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'

const OWN = '966550102030'

/** Reads one message of a customer, as it comes live. */
function live(message: object): ReturnType<typeof normalise> {
  return normalise({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: OWN, phone_number_id: '1' },
    messages: [{ from: '966500000181', id: 'wamid.1', timestamp: '1794211200', ...message }],
  })
}

test('what stands beside the known lists of a value, and is nothing we know, is kept and told', () => {
  const metadata = { display_phone_number: OWN, phone_number_id: '1' }
  const news = { polls: [{ id: 7 }], presence: { online: true }, mood: 'good', standby: { messages: [] } }
  const message = { from: '966500000181', id: 'wamid.1', timestamp: '1794211200', type: 'text', text: { body: 'x' } }
  expect(normalise({ field: 'messages', value: { metadata, messages: [message], ...news } })).toMatchObject([
    { type: 'channel.message' },
    ...Object.entries(news).map(([key, wire]) => ({
      type: 'channel.unrecognised',
      reason: `unknown part "${key}"`,
      wire,
    })),
  ])
})

describe('what cannot be shown is a message that says so, and is counted', () => {
  test.each([
    ['a type nobody knows', { type: 'hologram' }, 'unknown message type "hologram"'],
    ['no type', { text: { body: 'x' } }, 'malformed message: no type'],
    ['a text without its body', { type: 'text' }, 'malformed message: the body of "text" cannot be read'],
    ['a body that is no text', { type: 'text', text: { body: 7 } }, 'the body of "text"'],
    ['an image without a file', { type: 'image', image: 'x' }, 'the body of "image"'],
    ['a place without a latitude', { type: 'location', location: { longitude: 1 } }, 'the body of "location"'],
    ['cards that are no list', { type: 'contacts', contacts: 'x' }, 'the body of "contacts"'],
    ['a cart with a broken item', order({ product_retailer_id: 'a' }), 'the body of "order"'],
    [
      'an interactive kind nobody knows',
      { type: 'interactive', interactive: { type: 'slider' } },
      'interactive message "slider"',
    ],
    [
      'a permission that is neither',
      interactive('call_permission_reply', { response: 'perhaps' }),
      'the body of "interactive"',
    ],
    ['a type named like an inner part', { type: 'constructor' }, 'unknown message type "constructor"'],
    ['a type named __proto__', { type: '__proto__' }, 'unknown message type "__proto__"'],
  ])('%s', (_, message, reason) => {
    expect(live(message)).toMatchObject([
      { type: 'channel.message', wamid: 'wamid.1', content: { type: 'unrecognised' } },
      { type: 'channel.unrecognised', reason: expect.stringContaining(reason) },
    ])
  })
})

describe('what cannot be placed is kept whole', () => {
  test.each([
    ['no id', { id: undefined }, 'no id'],
    ['no time', { timestamp: undefined }, 'no readable timestamp'],
    ['a time that is none', { timestamp: 'soon' }, 'no readable timestamp'],
    ['no customer', { from: undefined }, 'it names no customer'],
    ['our own number without a recipient', { from: OWN }, 'it names no customer'],
    ['a reaction to nothing', { type: 'reaction', reaction: { emoji: 'x' } }, 'malformed reaction'],
    ['an edit of nothing', { type: 'edit', edit: { message: {} } }, 'malformed edit'],
    ['a deletion of nothing', { type: 'revoke' }, 'malformed revoke'],
    ['a change to nobody', { type: 'system', system: { type: 'user_changed_number' } }, 'who the customer is now'],
  ])('%s', (_, message, reason) => {
    const whole = { type: 'text', text: { body: 'x' }, ...message }
    expect(live(whole)).toMatchObject([
      { type: 'channel.unrecognised', reason: expect.stringContaining(reason), wire: expect.any(Object) },
    ])
  })
})

test.each([
  [{ emoji: '👍' }, '👍'],
  [{ emoji: '' }, null],
  [{}, null],
  [{ emoji: null }, null],
])('a reaction with %j leaves %j', (body, emoji) => {
  const message = { type: 'reaction', reaction: { message_id: 'wamid.0', ...body } }
  expect(live(message)).toMatchObject([{ type: 'channel.reaction', targetWamid: 'wamid.0', emoji }])
})

test.each([
  [undefined, { context: null, forwarded: 'no' }],
  [
    { from: OWN, id: 'wamid.0' },
    { context: { wamid: 'wamid.0', productId: null }, forwarded: 'no' },
  ],
  [{ forwarded: true }, { context: null, forwarded: 'once' }],
  [{ frequently_forwarded: true }, { context: null, forwarded: 'often' }],
  [{ forwarded: true, frequently_forwarded: true }, { forwarded: 'often' }],
  [{ forwarded: false }, { forwarded: 'no' }],
  [
    { id: 'wamid.0', referred_product: { product_retailer_id: 'p' } },
    { context: { wamid: 'wamid.0', productId: 'p' } },
  ],
  ['malformed', { context: null, forwarded: 'no' }],
])('the context %j says %j', (context, expected) => {
  expect(live({ type: 'text', text: { body: 'x' }, context })).toMatchObject([expected])
})

test.each([
  ['{"a":1}', { a: 1 }],
  ['not JSON', 'not JSON'],
  [{ a: 1 }, { a: 1 }],
  [undefined, null],
  ['{"deep":"\\u0000"}', { deep: '\ufffd' }],
])('the answers %j of a form are kept as %j', (response_json, answers) => {
  const message = interactive('nfm_reply', { name: 'flow', body: 'Sent', response_json })
  expect(live(message)).toMatchObject([{ content: { type: 'form_reply', answers } }])
})

test.each([
  ['read by its own type', [{ code: 131051, title: 't' }], { what: 'poll_creation', code: 131051, title: 't' }],
  ['by the first error that has a code', [{}, { code: '131060' }], { code: 131060, title: null }],
  ['without any error', undefined, { code: null, title: null }],
])('unsupported messages: %s', (_, errors, content) => {
  const message = { type: 'unsupported', unsupported: { type: 'poll_creation' }, errors }
  expect(live(message)).toMatchObject([{ content: { type: 'unsupported', ...content } }])
})

describe('a customer goes by another number or id', () => {
  test.each([
    [
      'until 2026',
      { system: { type: 'user_changed_number', wa_id: '966500000505' } },
      {
        what: 'number',
        before: { phone: '966500000181', userId: null },
        after: { phone: '966500000505', userId: null },
      },
    ],
    [
      'since August 2026',
      { system: { type: 'user_changed_number', wa_id: '966500000505', user_id: 'SA.2', previous_user_id: 'SA.1' } },
      { before: { phone: '966500000181', userId: 'SA.1' }, after: { phone: '966500000505', userId: 'SA.2' } },
    ],
    [
      'with the old id beside the message only',
      { from_user_id: 'SA.1', system: { type: 'user_changed_number', wa_id: '966500000505', user_id: 'SA.2' } },
      { before: { userId: 'SA.1' }, after: { userId: 'SA.2' } },
    ],
    [
      'with the new id beside the message',
      { from_user_id: 'SA.2', system: { type: 'user_changed_number', wa_id: '966500000505', user_id: 'SA.2' } },
      { before: { phone: '966500000181', userId: null }, after: { userId: 'SA.2' } },
    ],
    [
      'the user id alone, naming no number',
      { from: undefined, system: { type: 'user_changed_user_id', user_id: 'SA.2', previous_user_id: 'SA.1' } },
      { what: 'user_id', before: { phone: null, userId: 'SA.1' }, after: { phone: null, userId: 'SA.2' } },
    ],
    [
      'the user id alone, the number stays',
      { system: { type: 'user_changed_user_id', user_id: 'SA.2', previous_user_id: 'SA.1' } },
      { before: { phone: '966500000181' }, after: { phone: '966500000181', userId: 'SA.2' } },
    ],
  ])('%s', (_, message, expected) => {
    expect(live({ type: 'system', ...message })).toMatchObject([{ type: 'channel.customer_changed', ...expected }])
  })
})

function interactive(type: string, body: object): object {
  return { type: 'interactive', interactive: { type, [type]: body } }
}

function order(...items: object[]): object {
  return { type: 'order', order: { catalog_id: '1', product_items: items } }
}
