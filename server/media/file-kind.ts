/** What a smaller picture is made of. Nothing that could be a program or a page of its own, such as SVG. */
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/**
 * Containers hold sound as well as pictures, and their first bytes do not tell which. Within one family the sender's
 * word is taken; it can do no harm there.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ['video/mp4', 'audio/mp4', 'video/3gpp', 'audio/3gpp', 'audio/x-m4a', 'video/x-m4v', 'video/quicktime'],
  ['audio/ogg', 'video/ogg', 'audio/opus', 'application/ogg'],
  ['video/webm', 'audio/webm', 'video/matroska'],
]

/**
 * The type of a file from what its bytes say (`sniffed`; `null`: nothing that is known) and what the sender says
 * (`declared`). The bytes decide; the sender only chooses within a family. `null`: unknown, to be saved and not shown.
 */
export function fileType(sniffed: string | null, declared: string | null): string | null {
  const seen = bareType(sniffed)
  if (seen === null) return null
  const said = bareType(declared)
  const family = FAMILIES.find((one) => one.includes(seen))
  if (family !== undefined && said !== null && family.includes(said)) return said
  return seen === 'audio/x-m4a' ? 'audio/mp4' : seen
}

export function isPicture(mimeType: string | null): boolean {
  return mimeType !== null && PICTURES.has(mimeType)
}

/** Ogg is what voice notes come in, and what can be drawn as a wave here. */
export function isVoice(mimeType: string | null): boolean {
  return mimeType === 'audio/ogg' || mimeType === 'audio/opus'
}

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
function bareType(mimeType: string | null): string | null {
  const type = (mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === '' ? null : type
}
