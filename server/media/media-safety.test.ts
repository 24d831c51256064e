import { describe, expect, test } from 'vitest'
import { mediaHeaders } from './media-safety.ts'

const plain = { filename: null, download: false }

describe('headers of a file', () => {
  test.each([
    ['image/jpeg', 'image/jpeg'],
    ['audio/ogg; codecs=opus', 'audio/ogg'],
    ['VIDEO/MP4', 'video/mp4'],
  ])('shows %s in place', (mimeType, type) => {
    expect(mediaHeaders({ ...plain, mimeType })).toMatchObject({
      'content-type': type,
      'content-disposition': 'inline',
    })
  })

  test.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/javascript',
    'x',
    null,
    'image/jpeg\r\nx: y/z',
  ])('never shows %s, and does not call it by its name', (mimeType) => {
    expect(mediaHeaders({ ...plain, mimeType })).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    })
  })

  test('lets nothing run and nothing be guessed', () => {
    const headers = mediaHeaders({ ...plain, mimeType: 'application/pdf' })
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-disposition']).toBe('attachment')
  })

  test('saves an image when that is asked for, under its Arabic name', () => {
    expect(mediaHeaders({ mimeType: 'image/png', filename: 'فاتورة "1".png', download: true })).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9%20%221%22.png",
    })
  })
})
