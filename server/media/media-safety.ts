/**
 * What a browser may show in place. Everything else is downloaded: a document written by a customer must never run in
 * the inbox's own origin. SVG and HTML are left out on purpose.
 */
const INLINE: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/webm',
  'video/3gpp',
  'video/mp4',
  'video/webm',
])
const UNKNOWN = 'application/octet-stream'

/** Headers of a file: its type, whether it is shown or saved, and that nothing in it may run. */
export function mediaHeaders(file: {
  readonly mimeType: string | null
  readonly filename: string | null
  readonly download: boolean
}): Readonly<Record<string, string>> {
  const type = cleanType(file.mimeType)
  const inline = !file.download && INLINE.has(type)
  return {
    'content-type': inline ? type : INLINE.has(type) || type === 'application/pdf' ? type : UNKNOWN,
    'content-disposition': disposition(inline ? 'inline' : 'attachment', file.filename),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    // The bytes behind a message never change; they are for this person's browser alone.
    'cache-control': 'private, max-age=86400, immutable',
  }
}

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
function cleanType(mimeType: string | null): string {
  const type = (mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type) ? type : UNKNOWN
}

/** RFC 6266: the name in UTF-8 for every browser of today. */
function disposition(kind: 'inline' | 'attachment', filename: string | null): string {
  if (filename === null) return kind
  const name = encodeURIComponent(filename.slice(0, 200).toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename*=UTF-8''${name}`
}
