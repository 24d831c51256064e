import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../platform/refusal.ts'
import { previewRateCard } from './rate-card.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-card-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

test('a price list is compared with those that come with Wasl; one with a fault names its line', async () => {
  const good = await file('good.csv', 'Market,Currency,Marketing\nOther,USD,0.0700\n')
  const preview = await previewRateCard(good, { from: '2027-01-01' })
  expect(preview.differences).toContainEqual({ market: 'other', category: 'marketing', before: 60_400, after: 70_000 })
  const bad = await file('bad.csv', 'Market,Currency,Marketing\nOther,USD,cheap\n')
  expect((await previewRateCard(bad, { from: '2027-01-01' })).faults).toMatchObject([{ line: 2, code: 'bad_amount' }])
})

test('a file that is not there, and a day that is none, are refused in a sentence', async () => {
  await expect(previewRateCard(join(folder, 'gone.csv'), { from: '2027-01-01' })).rejects.toThrow(Refusal)
  const good = await file('good.csv', 'Market,Currency,Marketing\nOther,USD,0.0700\n')
  await expect(previewRateCard(good, { from: 'soon' })).rejects.toThrow('effectiveFrom')
})
