import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type S3Stub, startS3Stub } from '../../test/support/s3-stub.ts'
import { type BlobStore, blobKey } from './blob-store.ts'
import { folderStore } from './folder-store.ts'
import { s3Store } from './s3-client.ts'

const BYTES = Buffer.from('0123456789'.repeat(50_000))
const HASH = createHash('sha256').update(BYTES).digest('hex')
const WORKSPACE = '0197f3a0-0000-7000-8000-000000000001'
const KEY = blobKey(WORKSPACE, HASH, 'file')

let folder: string
let s3: S3Stub

beforeAll(async () => {
  s3 = await startS3Stub()
})
afterAll(() => s3.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-blobs-'))
  s3.objects.clear()
  return () => rm(folder, { recursive: true, force: true })
})

const incoming = async (bytes = BYTES): Promise<string> => {
  const path = join(folder, `incoming-${bytes.length}`)
  await writeFile(path, bytes)
  return path
}

const STORES: readonly [string, () => BlobStore][] = [
  ['a folder', () => folderStore(join(folder, 'media'))],
  ['an S3-compatible store (a stub that checks the signature; no real one is at hand)', () => s3Store(s3.place)],
]

describe.each(STORES)('files in %s', (_name, open) => {
  test('come out as they went in, all or a part', async () => {
    const store = open()
    expect(await store.open(KEY, null)).toBeNull()
    await store.put(KEY, await incoming(), HASH)
    const [whole, part] = [await store.open(KEY, null), await store.open(KEY, { from: 2, to: 5 })]
    if (whole === null || part === null) throw new Error('the file is not there')
    expect((await buffer(whole)).equals(BYTES)).toBe(true)
    expect((await buffer(part)).toString()).toBe('2345')
    expect(s3.refused).toEqual([])
  })

  test('may be put twice', async () => {
    const store = open()
    await store.put(KEY, await incoming(), HASH)
    await store.put(KEY, await incoming(), HASH)
    const there = await store.open(KEY, { from: 0, to: 3 })
    expect(there === null ? null : (await buffer(there)).toString()).toBe('0123')
  })
})

test('in a folder a file stands two folders deep, for nobody else to read', async () => {
  const store = folderStore(join(folder, 'media'))
  await store.put(KEY, await incoming(), HASH)
  const path = join(folder, 'media', WORKSPACE, HASH.slice(0, 2), HASH.slice(2, 4), HASH)
  expect((await stat(path)).size).toBe(BYTES.length)
  expect((await stat(join(folder, 'media', WORKSPACE))).mode & 0o077).toBe(0)
  expect(await readdir(folder)).toEqual(['media'])
  expect(existsSync(`${path}.thumb.webp`)).toBe(false)
})

describe('an S3-compatible store', () => {
  test('refuses other bytes than were signed', async () => {
    await expect(s3Store(s3.place).put(KEY, await incoming(Buffer.from('else')), HASH)).rejects.toThrow('HTTP 403')
    expect(s3.refused.splice(0)).toEqual(['the signed hash is not that of the body'])
    expect(s3.objects.size).toBe(0)
  })

  test('refuses another secret, and that is a failure, not an absent file', async () => {
    const wrong = s3Store({ ...s3.place, secretAccessKey: 'another' })
    await expect(wrong.open(KEY, null)).rejects.toThrow('HTTP 403')
    expect(s3.refused.splice(0)).toEqual(['the signature is another one'])
  })
})
