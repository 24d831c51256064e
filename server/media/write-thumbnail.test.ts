import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Metadata } from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeThumbnail } from './write-thumbnail.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-thumb-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function thumbOf(bytes: Buffer): Promise<Metadata | null> {
  const [source, target] = [join(folder, 'source'), join(folder, 'target')]
  await writeFile(source, bytes)
  return (await writeThumbnail(source, target)) ? sharp(target).metadata() : null
}

test('is small, upright, and does not tell where and with what the picture was taken', async () => {
  const photo = await plain(800, 400)
    .withExif({ IFD0: { Make: 'Example' }, IFD3: { GPSLatitude: '24/1 42/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect((await sharp(photo).metadata()).orientation).toBe(6)
  const thumb = await thumbOf(photo)
  expect(thumb).toMatchObject({ format: 'webp', width: 160, height: 320 })
  expect([thumb?.exif, thumb?.xmp, thumb?.orientation]).toEqual([undefined, undefined, undefined])
})

test('is never larger than the picture, and of an animation shows the beginning', async () => {
  const dot = await plain(5, 3).png().toBuffer()
  expect(await thumbOf(dot)).toMatchObject({ format: 'webp', width: 5, height: 3 })
  const frames = [plain(40, 40, '#f00'), plain(40, 40, '#00f')].map((frame) => frame.png().toBuffer())
  const moving = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer()
  expect((await sharp(moving).metadata()).pages).toBe(2)
  expect((await thumbOf(moving))?.pages).toBeUndefined()
})

test('is not made of a picture that is cut off, of none, or of one that unfolds to gigabytes', async () => {
  const whole = await plain(300, 300).jpeg().toBuffer()
  expect(await thumbOf(whole)).not.toBeNull()
  expect(await thumbOf(whole.subarray(0, whole.length / 2))).toBeNull()
  expect(await thumbOf(Buffer.from('a text'))).toBeNull()
  const bomb = await plain(9_000, 9_000).png().toBuffer()
  expect(bomb.length).toBeLessThan(2_000_000)
  expect(await thumbOf(bomb)).toBeNull()
})

function plain(width: number, height: number, background = '#a33') {
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })
}
