import type { UploadedFile } from './call.ts'

/** Reads a multipart form (RFC 7578): fields by name and the first file. */
export function readMultipart(
  bytes: Buffer,
  contentType: string,
): { fields: Record<string, string>; file: UploadedFile | null } {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType)
  const mark = Buffer.from(`--${boundary?.[1] ?? boundary?.[2]?.trim() ?? ''}`)
  const fields: Record<string, string> = {}
  let file: UploadedFile | null = null
  let at = bytes.indexOf(mark)
  while (at >= 0) {
    const end = bytes.indexOf(mark, at + mark.length)
    if (end < 0) break
    const part = readPart(bytes.subarray(at + mark.length + 2, end - 2))
    at = end
    if (!part) continue
    if (part.filename === null) fields[part.name] = part.content.toString('utf8')
    else file ??= { filename: part.filename, mime: part.mime, bytes: part.content }
  }
  return { fields, file }
}

function readPart(part: Buffer): { name: string; filename: string | null; mime: string; content: Buffer } | null {
  const split = part.indexOf('\r\n\r\n')
  if (split < 0) return null
  const head = part.subarray(0, split).toString('utf8')
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) return null
  const filename = /filename="([^"]*)"/i.exec(head)?.[1] ?? null
  const mime = /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? 'application/octet-stream'
  return { name, filename, mime, content: Buffer.from(part.subarray(split + 4)) }
}
