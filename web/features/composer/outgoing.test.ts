import { expect, test } from 'vitest'
import type { Upload } from '../../../contract/api/uploads.ts'
import type { UploadKind } from '../../../contract/send-limits.ts'
import { partsOf } from './outgoing.ts'

function upload(kind: UploadKind): Upload {
  return { id: `of-${kind}`, kind, filename: 'a.b', bytes: 1, received: 1, state: 'ready', fault: null, file: null }
}

test.each<[UploadKind[], string, unknown[], string]>([
  [['image'], 'This', [{ type: 'image', uploadId: 'of-image', caption: 'This' }], ''],
  [['image'], '', [{ type: 'image', uploadId: 'of-image' }], ''],
  [['document'], 'This', [{ type: 'document', uploadId: 'of-document', caption: 'This', filename: 'a.b' }], ''],
  [['voice'], 'This', [{ type: 'audio', uploadId: 'of-voice', voice: true }], 'This'],
  [
    ['audio', 'video', 'image'],
    'This',
    [
      { type: 'audio', uploadId: 'of-audio' },
      { type: 'video', uploadId: 'of-video', caption: 'This' },
      { type: 'image', uploadId: 'of-image' },
    ],
    '',
  ],
  [[], 'This', [], 'This'],
])('%s with "%s" written beside', (kinds, text, contents, left) => {
  const parts = partsOf(kinds.map(upload), text)
  expect(parts.outgoing.map(({ content }) => content)).toEqual(contents)
  expect(parts.text).toBe(left)
})
