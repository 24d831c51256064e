/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * What a Range header asks of a file of `bytes`: `null` is all of it (no header, several ranges, another unit), and
 * `unsatisfiable` a range that begins behind its end.
 * Source: RFC 9110, section 14
 */
export function readRange(header: string | undefined, bytes: number): ByteRange | null | 'unsatisfiable' {
  const read = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (read === null) return null
  const [, first = '', last = ''] = read
  if (first === '' && last === '') return null
  if (first === '') {
    const suffix = Number(last)
    return suffix === 0 || bytes === 0 ? 'unsatisfiable' : { from: Math.max(0, bytes - suffix), to: bytes - 1 }
  }
  const from = Number(first)
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < from) return null
  return from >= bytes ? 'unsatisfiable' : { from, to }
}
