import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeFitting } from './write-fitting.ts'

/** 96 by 64 pixels, crimson, with a green patch at the upper left. */
const HEIC =
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAkVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAA' +
  'AAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAJpAAEAAAAAAAAAZAACAAAAAALNAAEAAAAAAAAAEwAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAA' +
  'AAEAAGh2YzEAAAAAFWluZmUCAAAAAAIAAGh2YzEAAAABhGlwcnAAAAFfaXBjbwAAAHhodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGE' +
  'ABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAi' +
  'QAAAABRpc3BlAAAAAAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAAHJodmNDAQQIAAAAAAAAAAAAHvAA/Pz4+AAADwMgAAEAF0ABDAH//wQIAA' +
  'ADAJ/4AAADAAAeugJAIQABACZCAQEECAAAAwCf+AAAAwAAHsDCBBZbqSSmubAgAAADACAAAAMAISIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAA' +
  'AGAAAABAAAAADnBpeGkAAAAAAQgAAAAnYXV4QwAAAAB1cm46bXBlZzpoZXZjOjIwMTU6YXV4aWQ6MQAAAAAdaXBtYQAAAAAAAAACAAEDgQKDAA' +
  'IEhAWGhwAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQABAAAAf21kYXQAAABgKAGvWAs33UnCU0azTnj9G2ckli3f5Jd7WpXKhA0g5VQFkn/GnyDD' +
  '5TTcK89F6vHbMUrD7Pv/kfsBH+X8/4DxGYIdUPo1eKbTRox67UU0ud3K3anMn+RYpKlPVz0IpKzgAAAADygBrrDvErD0H7yyQ4ERxw==' +
  ''

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-heic-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['image', 'image/jpeg'],
  ['sticker', 'image/webp'],
] as const)('a picture as an iPhone takes it becomes what WhatsApp takes as %s', async (kind, mimeType) => {
  const [path, target] = [join(folder, `${kind}.heic`), join(folder, `${kind}.out`)]
  await writeFile(path, Buffer.from(HEIC, 'base64'))
  expect(await writeFitting(kind, path, target, 'image/heic')).toEqual({ path: target, mimeType })
  const { format, width, height } = await sharp(target).metadata()
  expect([format, width, height]).toEqual(kind === 'image' ? ['jpeg', 96, 64] : ['webp', 512, 512])
  if (kind === 'image') {
    const { data } = await sharp(target).raw().toBuffer({ resolveWithObject: true })
    const [red = 0, green = 0] = data.subarray((64 * 96 - 1) * 3)
    expect(red).toBeGreaterThan(150)
    expect(green).toBeLessThan(80)
  }
  expect((await readdir(folder)).filter((name) => name.endsWith('.decoded'))).toEqual([])
})

test('one that is cut off says so', async () => {
  const path = join(folder, 'short.heic')
  await writeFile(path, Buffer.from(HEIC, 'base64').subarray(0, 500))
  expect(await writeFitting('image', path, join(folder, 'short.out'), 'image/heic')).toEqual({ fault: 'file_type' })
})
