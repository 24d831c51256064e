import { expect, test } from 'vitest'
import type { MessageContent } from '../../../contract/message-content.ts'
import type { SendContent } from '../../../contract/send-content.ts'
import { sendContent } from '../../../contract/send-content.ts'
import { composeAgain } from './compose-again.ts'

const media = { mediaId: '1', mimeType: null, sha256: null }
const uploadId = '0199a000-0000-7000-8000-000000000001'
const interactive = {
  type: 'button',
  body: { text: 'Which?' },
  action: { buttons: [{ type: 'reply', reply: { id: '1', title: 'Blue' } }] },
}

test.each<[MessageContent, SendContent]>([
  [
    { type: 'text', body: 'Hi' },
    { type: 'text', body: 'Hi' },
  ],
  [
    { type: 'image', media, uploadId, caption: 'This' },
    { type: 'image', uploadId, caption: 'This' },
  ],
  [
    { type: 'audio', media, uploadId, voice: true },
    { type: 'audio', uploadId, voice: true },
  ],
  [
    { type: 'document', media, uploadId, filename: 'a.pdf' },
    { type: 'document', uploadId, filename: 'a.pdf' },
  ],
  [
    { type: 'sticker', media, uploadId },
    { type: 'sticker', uploadId },
  ],
  [
    { type: 'location', latitude: 1, longitude: 2, url: 'https://example.com' },
    { type: 'location', latitude: 1, longitude: 2 },
  ],
  [
    { type: 'contacts', cards: [{ name: 'Salem', phones: [], emails: [] }] },
    { type: 'contacts', cards: [{ name: 'Salem', phones: [], emails: [] }] },
  ],
  [
    { type: 'interactive', kind: 'button', buttons: ['Blue'], sent: interactive },
    { type: 'interactive', interactive } as SendContent,
  ],
])('%o once more is what was sent', (content, again) => {
  expect(composeAgain({ content, file: null })).toMatchObject({ outgoing: { content: again, shown: content } })
  expect(sendContent.safeParse(again).success).toBe(true)
})

test('a template keeps what filled it', () => {
  const content = {
    type: 'template',
    name: 'offer',
    language: 'ar',
    body: 'Hi',
    components: [{ type: 'body' }],
  } as const
  const { body: _shown, ...again } = content
  expect(composeAgain({ content, file: null })).toEqual({ template: { content: again, shown: content } })
})

test.each<MessageContent>([
  { type: 'image', media },
  { type: 'interactive', kind: 'button', buttons: [] },
  { type: 'media_placeholder' },
])('%o was not sent from here and cannot be sent again', (content) => {
  expect(composeAgain({ content, file: null })).toBeNull()
})
