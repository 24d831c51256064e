import { describe, expect, test } from 'vitest'
import { composeMessage } from './compose.ts'

const TEXT = { type: 'text', body: 'مرحبا' } as const

describe('composeMessage', () => {
  test('names a phone number with a plus', () => {
    const composed = composeMessage({
      recipient: { phone: '966551234567', userId: 'SA.1' },
      content: TEXT,
      mediaId: null,
      quote: null,
      callbackData: 'm1',
    })
    expect(composed).toEqual({
      ok: true,
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+966551234567',
        type: 'text',
        text: { body: 'مرحبا', preview_url: false },
        biz_opaque_callback_data: 'm1',
      },
    })
  })

  test.each([
    [{ body: 'See https://example.com' }, true],
    [{ body: 'See https://example.com', linkPreview: false as const }, false],
    [{ body: 'example.com' }, false],
  ])('shows the page behind a link unless its writer does not want it: %o', (text, shown) => {
    const content = { type: 'text', ...text } as const
    const to = { recipient: { phone: '966551234567', userId: null }, mediaId: null, quote: null, callbackData: 'm' }
    expect(composeMessage({ ...to, content })).toMatchObject({ body: { text: { preview_url: shown } } })
  })

  test('names a customer without a number by the user id, never in `to`', () => {
    const composed = composeMessage({
      recipient: { phone: null, userId: 'SA.1' },
      content: TEXT,
      mediaId: null,
      quote: null,
      callbackData: 'm',
    })
    expect(composed).toMatchObject({ ok: true, body: { recipient: 'SA.1' } })
    expect(composed.ok && 'to' in composed.body).toBe(false)
  })

  test('quotes by wamid', () => {
    const composed = composeMessage({
      recipient: { phone: '1', userId: null },
      content: TEXT,
      mediaId: null,
      quote: { wamid: 'wamid.A' },
      callbackData: 'm',
    })
    expect(composed).toMatchObject({ body: { context: { message_id: 'wamid.A' } } })
  })

  test('refuses a customer nobody can address, and a type that is not sent', () => {
    expect(
      composeMessage({
        recipient: { phone: null, userId: null },
        content: TEXT,
        mediaId: null,
        quote: null,
        callbackData: 'm',
      }),
    ).toEqual({
      ok: false,
      reason: 'no_recipient',
    })
    expect(
      composeMessage({
        recipient: { phone: '1', userId: null },
        content: { type: 'media_placeholder' },
        mediaId: null,
        quote: null,
        callbackData: 'm',
      }),
    ).toEqual({ ok: false, reason: 'type_not_sendable' })
  })
})
