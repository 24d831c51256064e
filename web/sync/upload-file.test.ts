import { expect, test } from 'vitest'
import { UPLOAD_CHUNK_BYTES_MAX } from '../../contract/api/limits.ts'
import type { Upload } from '../../contract/api/uploads.ts'
import type { Result } from './api.ts'
import { type UploadSurroundings, uploadFile } from './upload-file.ts'

const FILE = new Blob([new Uint8Array(2 * UPLOAD_CHUNK_BYTES_MAX + 5)])
const BEGIN = { kind: 'document', filename: 'a', mimeType: '', bytes: FILE.size } as const
const UNREACHABLE: Result<never> = { ok: false, failure: { kind: 'unreachable' } }

/** A server that holds one upload; `lost` says of each piece whether it is taken and whether its answer comes. */
function server(lost: readonly ('fine' | 'not taken' | 'no answer')[]) {
  let received = 0
  const seen: number[] = []
  const view = (): Upload => {
    const ready = received === FILE.size
    return { ...{ id: 'u', ...BEGIN, received, fault: null, file: null }, state: ready ? 'ready' : 'receiving' }
  }
  const answer = <T>(): Result<T> => ({ ok: true, value: { upload: view() } as T })
  const around: UploadSurroundings = {
    post: async <T>() => answer<T>(),
    get: async <T>() => answer<T>(),
    patchBytes: async <T>(_path: string, offset: number, bytes: Blob) => {
      const fate = lost[seen.push(offset) - 1] ?? 'fine'
      if (fate === 'not taken') return UNREACHABLE
      expect(offset).toBe(received)
      received += bytes.size
      return fate === 'fine' ? answer<T>() : UNREACHABLE
    },
    wait: async () => {},
    random: () => 0,
  }
  return { around, seen }
}

const quiet = () => ({ signal: new AbortController().signal, progress: () => {} })

test('a file goes up in pieces, and its progress is told', async () => {
  const { around, seen } = server([])
  const told: number[] = []
  const result = await uploadFile(around, FILE, BEGIN, { ...quiet(), progress: ({ received }) => told.push(received) })
  expect(result).toMatchObject({ ok: true, value: { state: 'ready', received: FILE.size } })
  expect(told).toEqual([0, UPLOAD_CHUNK_BYTES_MAX, 2 * UPLOAD_CHUNK_BYTES_MAX])
  expect(seen).toEqual(told)
})

test('what was cut off goes on where it stands, whether the piece had arrived or not', async () => {
  const { around, seen } = server(['fine', 'not taken', 'no answer'])
  expect(await uploadFile(around, FILE, BEGIN, quiet())).toMatchObject({ ok: true })
  expect(seen).toEqual([0, 1, 1, 2].map((pieces) => pieces * UPLOAD_CHUNK_BYTES_MAX))
})

test('it gives up after a while, and at once when it is cancelled', async () => {
  const away = server(Array.from({ length: 50 }, () => 'not taken' as const))
  expect(await uploadFile(away.around, FILE, BEGIN, quiet())).toEqual(UNREACHABLE)
  expect(away.seen).toHaveLength(8)
  const abort = new AbortController()
  const { around, seen } = server([])
  const cancelled = uploadFile(around, FILE, BEGIN, { signal: abort.signal, progress: () => abort.abort() })
  expect(await cancelled).toBeNull()
  expect(seen).toEqual([0])
})
