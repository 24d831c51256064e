import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSealer, keyFromFile } from './crypto.ts'

test('what is sealed opens with the same key and row only', () => {
  const sealer = createSealer(randomBytes(32))
  const sealed = sealer.seal('token', 'number_secret/w/n/access_token')
  expect(sealer.open(sealed, 'number_secret/w/n/access_token')).toBe('token')
  expect(() => sealer.open(sealed, 'number_secret/w/other/access_token')).toThrow()
  expect(() => createSealer(randomBytes(32)).open(sealed, 'number_secret/w/n/access_token')).toThrow()
})

test('a changed or shortened byte does not open, and no two seals are the same', () => {
  const sealer = createSealer(randomBytes(32))
  const sealed = sealer.seal('token', 'row')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] as number) ^ 1
    expect(() => sealer.open(changed, 'row'), `byte ${at}`).toThrow()
    expect(() => sealer.open(sealed.subarray(0, at), 'row'), `first ${at} bytes`).toThrow()
  }
  expect(sealer.seal('token', 'row')).not.toEqual(sealed)
})

test('the key file is made once, for its owner alone, and refused when others may read it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wasl-key-'))
  const [first, second] = await Promise.all([keyFromFile(folder), keyFromFile(folder)])
  expect(first).toEqual(second)
  const path = join(folder, 'secret.key')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await chmod(path, 0o644)
  await expect(keyFromFile(folder)).rejects.toThrow(/Others may read/)
  await chmod(path, 0o600)
  await writeFile(path, 'cut')
  await expect(keyFromFile(folder)).rejects.toThrow(/damaged/)
  await rm(folder, { recursive: true })
})
