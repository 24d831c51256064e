import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Upload } from '../contract/api/uploads.ts'
import type { Message } from '../contract/message.ts'
import { voiceNote } from '../simulator/files/voice-note.ts'
import { type SimulatedWasl, startSimulatedWasl } from './simulated-wasl.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

/** Files from a browser to a customer, with Meta's part played by the simulator, which takes what Meta takes. */

let db: TestDatabase
let place: TestWorkspace
let wasl: SimulatedWasl
let phoneNumberId: string
let customer: string
let conversationId: string
let photo: Buffer

beforeAll(async () => {
  db = await createTestDatabase()
  place = await createTestWorkspace(db)
  wasl = await startSimulatedWasl(db, place, 1601)
  ;({ phoneNumberId } = await wasl.connect({ shareHistory: false }))
  const people = (await wasl.control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string; phone: string }[]
  customer = people.find(({ phone }) => phone !== null)?.key ?? ''
  await wasl.control('POST', `numbers/${phoneNumberId}/chats/${customer}/acts`, {
    ...{ by: 'customer', do: 'send', message: { type: 'text', body: 'A picture, please' } },
  })
  const arrived = await wasl.until((event) => event.type === 'message.added' && event.message.author === 'customer')
  conversationId = arrived.type === 'message.added' ? arrived.message.conversationId : ''
  photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#286' } })
    .webp()
    .toBuffer()
})
afterAll(async () => {
  expect(await wasl.close()).toEqual([])
  await db.close()
})

describe('a file comes up', () => {
  test('piece by piece, and goes on where it was cut off', async () => {
    const { id } = await begin('document', 'list.txt', Buffer.from('one two three'))
    expect((await piece(id, 0, Buffer.from('one '))).body.upload).toMatchObject({ received: 4, state: 'receiving' })
    // A piece that came twice, and one that left a hole.
    for (const offset of [0, 9]) {
      const { status, body } = await piece(id, offset, Buffer.from('x'))
      expect([status, body.error.code, body.error.details]).toEqual([409, 'upload_offset', { received: 4 }])
    }
    expect((await wasl.call('GET', `/uploads/${id}`)).body.upload).toMatchObject({ received: 4 })
    const { body } = await piece(id, 4, Buffer.from('two three'))
    expect(body.upload).toMatchObject({ state: 'ready', received: 13, file: { state: 'stored', bytes: 13 } })
  })

  test('and is nobody else’s; once given up it is gone', async () => {
    const { id } = await begin('document', 'a.txt', Buffer.from('a'))
    const other = { headers: { cookie: `wasl_member=${place.salem.id}` } }
    expect((await fetch(`${wasl.url}/api/v1/uploads/${id}`, other)).status).toBe(410)
    await fetch(`${wasl.url}/api/v1/uploads/${id}`, { method: 'DELETE' })
    expect((await piece(id, 0, Buffer.from('a'))).body.error.code).toBe('upload_gone')
  })

  test('that WhatsApp would not take is refused with the reason', async () => {
    const body = { kind: 'video', filename: 'a.mp4', mimeType: 'video/mp4', bytes: 17 * 1024 * 1024 }
    expect((await wasl.call('POST', '/uploads', body)).body.error.code).toBe('file_too_large')
    for (const [kind, bytes, fault] of [
      ['video', photo, 'file_type'],
      ['image', Buffer.from('no picture'), 'file_type'],
      ['sticker', Buffer.from('no picture'), 'file_type'],
    ] as const) {
      expect(await upload(kind, 'a', bytes)).toMatchObject({ state: 'refused', fault, file: null })
    }
  })

  test('cannot be sent before it is whole, nor as something else', async () => {
    const { id } = await begin('image', 'a.webp', photo)
    expect(await refusal({ type: 'image', uploadId: id })).toBe('upload_not_ready')
    const ready = await upload('document', 'a.webp', photo)
    expect(await refusal({ type: 'image', uploadId: ready.id })).toBe('file_type')
    expect(await refusal({ type: 'image', uploadId: place.salem.id })).toBe('upload_gone')
  })
})

describe('a file is sent', () => {
  test('a picture is made one that WhatsApp takes, stands in the thread at once, and arrives', async () => {
    const { id, file } = await upload('image', 'sofa.webp', photo)
    expect(file).toMatchObject({ mimeType: 'image/jpeg', thumb: true })
    const sent = await say({ type: 'image', uploadId: id, caption: 'This one' })
    expect(sent).toMatchObject({ content: { type: 'image', caption: 'This one' }, file, delivery: 'queued' })
    const shown = await fetch(`${wasl.url}/api/v1/messages/${sent.id}/media`)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect((await shown.arrayBuffer()).byteLength).toBe(file?.bytes)
    await delivered(sent)
    const { media_uploads: once } = (await counters()) as { media_uploads: number }
    // Meta has it now: the next message with it needs no other upload.
    await delivered(await say({ type: 'image', uploadId: id }))
    expect(await counters()).toMatchObject({ media_uploads: once })
  })

  test('a voice note, a document and a sticker arrive as such', async () => {
    const voice = await upload('voice', 'note.ogg', voiceNote(7, 2))
    expect(voice.file).toMatchObject({ mimeType: 'audio/ogg', seconds: expect.closeTo(2, 0), wave: expect.any(Array) })
    const note = await say({ type: 'audio', uploadId: voice.id, voice: true })
    expect(note.content).toMatchObject({ type: 'audio', voice: true })
    await delivered(note)
    const paper = await upload('document', 'عرض.txt', Buffer.from('An offer'))
    const document = await say({ type: 'document', uploadId: paper.id, caption: 'As agreed' })
    expect(document.content).toMatchObject({ filename: 'عرض.txt', caption: 'As agreed' })
    await delivered(document)
    const sticker = await upload('sticker', 'a.webp', await sharp(photo).png().toBuffer())
    expect(sticker.file).toMatchObject({ mimeType: 'image/webp' })
    await delivered(await say({ type: 'sticker', uploadId: sticker.id }))
  })

  test('asked for twice it is one message; another under the same id is refused', async () => {
    const { id } = await upload('image', 'a.webp', photo)
    const content = { type: 'image', uploadId: id, caption: 'Once' }
    const ask = (more: object = {}) =>
      wasl.call('POST', `/conversations/${conversationId}/messages`, {
        clientId: 'client-once',
        content: { ...content, ...more },
      })
    const [first, second, third] = [await ask(), await ask(), await ask({ caption: 'Twice' })]
    expect([first.status, second.status, second.body.message.id]).toEqual([201, 200, first.body.message.id])
    expect(third.body.error.code).toBe('client_id_reused')
    await delivered(first.body.message)
  })

  test('buttons and a place go out without a file', async () => {
    await delivered(await say({ type: 'location', latitude: 24.7, longitude: 46.7, name: 'Noor Home' }))
    const buttons = [{ type: 'reply', reply: { id: 'a', title: 'Yes' } }]
    const sent = await say({
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Shall we?' }, action: { buttons } },
    })
    expect(sent.content).toMatchObject({ kind: 'button', body: 'Shall we?', buttons: ['Yes'] })
    await delivered(sent)
  })
})

async function begin(kind: string, filename: string, bytes: Buffer): Promise<Upload> {
  const { status, body } = await wasl.call('POST', '/uploads', { kind, filename, mimeType: '', bytes: bytes.length })
  expect(status).toBe(201)
  return body.upload
}

async function piece(id: string, offset: number, bytes: Buffer) {
  const headers = { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) }
  const response = await fetch(`${wasl.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers,
    body: Uint8Array.from(bytes),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function upload(kind: string, filename: string, bytes: Buffer): Promise<Upload> {
  const { id } = await begin(kind, filename, bytes)
  return (await piece(id, 0, bytes)).body.upload
}

let count = 0
async function say(content: object): Promise<Message> {
  const asked = { clientId: `client-${++count}-files`, content }
  const { status, body } = await wasl.call('POST', `/conversations/${conversationId}/messages`, asked)
  expect([status, body.error?.code]).toEqual([201, undefined])
  return body.message
}

async function refusal(content: object): Promise<string> {
  const asked = { clientId: `client-${++count}-files`, content }
  return (await wasl.call('POST', `/conversations/${conversationId}/messages`, asked)).body.error.code
}

/** Waits until the customer's phone has it. */
async function delivered({ id }: Message): Promise<void> {
  await wasl.until(
    (event) =>
      event.type === 'message.changed' &&
      event.message.id === id &&
      (event.message.delivery === 'accepted' || event.message.delivery === 'failed'),
  )
  await wasl.advance(60_000)
  const { body } = await wasl.call('GET', `/conversations/${conversationId}/messages`)
  const message = (body.messages as Message[]).find((one) => one.id === id)
  expect([message?.delivery, message?.error]).toEqual([expect.stringMatching(/^(delivered|read|played)$/), null])
}

const counters = async () => ((await wasl.control('GET', 'state')) as { counters: object }).counters
