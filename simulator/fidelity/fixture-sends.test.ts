import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Part } from '../send/check.ts'
import { checkMessage } from '../send/check-message.ts'

const FOLDER = fileURLToPath(new URL('../../fixtures/graph/send', import.meta.url))
/** What a coexistence number cannot send, and what is no message at all. */
const REFUSED: Readonly<Record<string, number>> = {
  'direct_send_utility.json': 100,
  'interactive_call_permission_request.json': 100,
  'interactive_voice_call.json': 100,
}
const NO_MESSAGE = ['mark_read.json', 'typing.json']
const files = readdirSync(FOLDER).filter((name) => !NO_MESSAGE.includes(name))

/** A media of every kind is found under every id. */
const MIMES: Readonly<Record<string, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg',
  document: 'application/pdf',
  sticker: 'image/webp',
}

test.each(files)('%s: written from Meta’s samples, taken or refused as Meta does', (name) => {
  const body = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Part
  const media = {
    id: '1',
    numberId: '',
    mime: MIMES[String(body.type)] ?? 'image/jpeg',
    filename: null,
    source: { from: 'upload' as const, bytes: Buffer.alloc(0) },
    expiresAtMs: 0,
    deleted: false,
  }
  expect(checkMessage(body, () => ({ media, size: 1_000, animated: false }))?.code).toBe(REFUSED[name])
})

test('every type of message is among them', () => {
  expect(files.length).toBeGreaterThan(30)
})
