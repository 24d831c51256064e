import Client from '@great-detail/whatsapp'
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WhatsAppAPI } from 'whatsapp-api-js'
import { ActionButtons, Body, Button, Image, Interactive, Reaction, Template, Text } from 'whatsapp-api-js/messages'
import { makeFile } from '../files/make-file.ts'
import { APP, type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'
import type { ReceivedWebhook } from '../testing/webhook-receiver.ts'

/**
 * Clients that other people wrote for the real Cloud API must work here unchanged; only the host is the simulator's.
 */
const TO = '966511111111'
const picture = makeFile('image', 5)
let phone: ConnectedPhone
/** The message of the customer that is reacted to. */
let inbound: string

beforeEach(async () => {
  phone = await connectPhone()
  inbound = (await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'أهلاً / hello' } }))
    .wamid
  await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'image', fileSeed: 3, caption: 'look' } })
  await phone.advance(1)
})
afterEach(() => phone.close())

/** Types of what the API accepted, in order. */
const sentTypes = async (): Promise<unknown[]> => {
  const sent = await phone.control<{ body: { type: string } }[]>('GET', `/sent?phoneNumberId=${phone.numberId}`)
  return sent.map(({ body }) => body.type)
}
/** Waits for the statuses of everything sent, and gives all webhooks. */
const allWebhooks = async (): Promise<readonly ReceivedWebhook[]> => {
  await phone.advance(120_000)
  expect(phone.receiver.received.length).toBeGreaterThan(4)
  return phone.receiver.received
}

describe('whatsapp-api-js 6.3', () => {
  const make = (): WhatsAppAPI<number> =>
    new WhatsAppAPI<number>({
      token: phone.token,
      appSecret: APP.appSecret,
      webhookVerifyToken: 'a verify token',
      v: 'v24.0',
      ponyfill: {
        fetch: (url: string | URL | Request, init?: RequestInit) =>
          fetch(String(url).replace('https://graph.facebook.com', phone.simulator.origin), init),
      },
    } as ConstructorParameters<typeof WhatsAppAPI<number>>[0])

  test('sends text, media, template, interactive and reaction; uploads and fetches media', async () => {
    const api = make()
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(picture.bytes)], { type: picture.mimeType }), 'picture.png')
    const uploaded = await api.uploadMedia(phone.numberId, form)
    if (!('id' in uploaded)) throw new Error(JSON.stringify(uploaded))
    const answers = [
      await api.sendMessage(phone.numberId, TO, new Text('hello')),
      await api.sendMessage(phone.numberId, TO, new Image(uploaded.id, true, 'a picture')),
      await api.sendMessage(phone.numberId, TO, new Template('hello_world', 'en_US')),
      await api.sendMessage(
        phone.numberId,
        TO,
        new Interactive(new ActionButtons(new Button('yes', 'Yes')), new Body('Sure?')),
      ),
      await api.sendMessage(phone.numberId, TO, new Reaction(inbound, '👍')),
    ]
    expect(
      answers.map((answer) => ('messages' in answer ? answer.messages[0].id.startsWith('wamid.') : answer)),
    ).toEqual([true, true, true, true, true])
    expect(await sentTypes()).toEqual(['text', 'image', 'template', 'interactive', 'reaction'])
    const found = await api.retrieveMedia(uploaded.id)
    if (!('url' in found)) throw new Error(JSON.stringify(found))
    const bytes = Buffer.from(await (await api.fetchMedia(found.url)).arrayBuffer())
    expect(bytes.equals(picture.bytes)).toBe(true)
    expect(await api.markAsRead(phone.numberId, inbound)).toEqual({ success: true })
  })

  test('verifies and reads every webhook, and answers the handshake', async () => {
    const api = make()
    await api.sendMessage(phone.numberId, TO, new Text('hello'))
    await phone.act('c2', {
      by: 'customer',
      do: 'send',
      message: { type: 'location', latitude: 24.7, longitude: 46.7, name: 'هنا' },
    })
    await phone.act('c1', { by: 'customer', do: 'react', wamid: inbound, emoji: '🌷' })
    const seen: string[] = []
    api.on.message = ({ message, from }) => {
      seen.push(`${message.type} ${from}`)
      return 200
    }
    api.on.status = ({ status }) => {
      seen.push(status)
      return 200
    }
    await phone.advance(120_000)
    for (const { raw, headers } of phone.receiver.received) {
      await api.post(JSON.parse(raw), raw, String(headers['x-hub-signature-256']))
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        `text ${TO}`,
        `image ${TO}`,
        `reaction ${TO}`,
        'location 966522222222',
        'sent',
        'delivered',
        'read',
      ]),
    )
    expect(api.get({ 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': 'a verify token' })).toBe('42')
    const [first] = phone.receiver.received
    expect(await api.verifyRequestSignature(`${first?.raw} `, String(first?.headers['x-hub-signature-256']))).toBe(
      false,
    )
  })
})

describe('@kapso/whatsapp-cloud-api 0.3', () => {
  const make = (): WhatsAppClient =>
    new WhatsAppClient({ accessToken: phone.token, baseUrl: phone.simulator.origin, graphVersion: 'v23.0' })
  const base = (): { phoneNumberId: string; to: string } => ({ phoneNumberId: phone.numberId, to: TO })

  test('sends text, media, template, interactive and reaction; uploads and fetches media', async () => {
    const client = make()
    const uploaded = await client.media.upload({
      phoneNumberId: phone.numberId,
      type: 'image/png',
      file: new Blob([new Uint8Array(picture.bytes)], { type: picture.mimeType }),
      fileName: 'picture.png',
    } as Parameters<typeof client.media.upload>[0])
    await client.messages.sendText({ ...base(), body: 'hello' })
    await client.messages.sendImage({ ...base(), image: { id: uploaded.id, caption: 'a picture' } })
    await client.messages.sendTemplate({
      ...base(),
      template: {
        name: 'order_update',
        language: { code: 'en' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Sam' },
              { type: 'text', text: '1001' },
            ],
          },
        ],
      },
    })
    await client.messages.sendInteractiveButtons({
      ...base(),
      bodyText: 'Sure?',
      buttons: [{ id: 'yes', title: 'Yes' }],
    })
    const reacted = await client.messages.sendReaction({ ...base(), reaction: { messageId: inbound, emoji: '👍' } })
    expect(reacted.messages[0]?.id).toMatch(/^wamid\./)
    expect(await sentTypes()).toEqual(['text', 'image', 'template', 'interactive', 'reaction'])
    const bytes = await client.media.download({ mediaId: uploaded.id, phoneNumberId: phone.numberId, auth: 'always' })
    expect(Buffer.from(bytes as ArrayBuffer).equals(picture.bytes)).toBe(true)
  })

  test('verifies every webhook and finds messages, contacts and statuses in them', async () => {
    await make().messages.sendText({ ...base(), body: 'hello' })
    await phone.act('c3', { by: 'customer', do: 'send', message: { type: 'text', body: 'by user name' } })
    await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'text', body: 'from the app' } })
    await phone.advance(120_000)
    const webhooks = phone.receiver.received
    for (const { raw, headers } of webhooks) {
      const signatureHeader = String(headers['x-hub-signature-256'])
      expect(verifySignature({ appSecret: APP.appSecret, rawBody: raw, signatureHeader })).toBe(true)
      expect(verifySignature({ appSecret: 'another secret', rawBody: raw, signatureHeader })).toBe(false)
    }
    const read = webhooks.map(({ raw }) => normalizeWebhook(JSON.parse(raw)))
    expect(read.every((webhook) => webhook.phoneNumberId === phone.numberId)).toBe(true)
    expect(read.flatMap((webhook) => webhook.statuses.map((status) => status.status))).toEqual([
      'sent',
      'delivered',
      'read',
    ])
    expect(read.flatMap((webhook) => webhook.messages.map((message) => message.type))).toEqual(
      expect.arrayContaining(['text', 'image']),
    )
    expect(read.flatMap((webhook) => webhook.contacts.map((contact) => contact.userId))).toContain(
      'SA.1349120865530203',
    )
  })
})

describe('@great-detail/whatsapp 9.2', () => {
  const make = (): Client =>
    new Client({
      request: { prefix: `${phone.simulator.origin}/v25.0`, headers: { Authorization: `Bearer ${phone.token}` } },
    } as ConstructorParameters<typeof Client>[0])
  type Message = Parameters<Client['message']['createMessage']>[0]
  const base = (): { phoneNumberID: string; to: string } => ({ phoneNumberID: phone.numberId, to: TO })

  test('sends text, media, template, interactive and reaction; uploads and fetches media', async () => {
    const client = make()
    const uploaded = await client.media.upload({
      phoneNumberID: phone.numberId,
      mimeType: picture.mimeType,
      file: new Blob([new Uint8Array(picture.bytes)], { type: picture.mimeType }),
    } as unknown as Parameters<typeof client.media.upload>[0])
    const { id } = (await uploaded.json()) as { id: string }
    const messages = [
      { type: 'text', text: { body: 'hello' } },
      { type: 'image', image: { id } },
      { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Sure?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
        },
      },
      { type: 'reaction', reaction: { message_id: inbound, emoji: '👍' } },
    ]
    for (const message of messages) await client.message.createMessage({ ...base(), ...message } as unknown as Message)
    expect(await sentTypes()).toEqual(['text', 'image', 'template', 'interactive', 'reaction'])
    const found = (await (await client.media.getURL({ mediaID: id, phoneNumberID: phone.numberId })).json()) as {
      url: string
    }
    const file = await client.media.download({
      mediaURL: found.url,
      request: { headers: { Authorization: `Bearer ${phone.token}` } },
    })
    expect(Buffer.from(await file.arrayBuffer()).equals(picture.bytes)).toBe(true)
  })

  test('verifies and reads every webhook', async () => {
    const client = make()
    await client.message.createMessage({ ...base(), type: 'text', text: { body: 'hello' } } as unknown as Message)
    for (const { raw, headers } of await allWebhooks()) {
      const event = await client.webhook.eventNotification({
        method: 'POST',
        query: {},
        body: raw,
        headers: headers as Record<string, string>,
      })
      await event.verifySignature(APP.appSecret)
      await expect(event.verifySignature('another secret')).rejects.toThrow()
      expect(await event.signature.sha1.check(APP.appSecret)).toBe(true)
      expect(event.eventNotification.entry[0]?.id).toBe(phone.loaded.wabaId)
    }
  })
})
