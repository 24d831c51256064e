import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FIXTURES, fixtureFiles, readFixture } from '../../test/support/fixtures.ts'
import { normalise, readWebhook } from './normalise.ts'

const PROVENANCE_KINDS = ['docs', 'syntax', 'constructed']

describe('every fixture of a webhook', () => {
  test.each(fixtureFiles('cloud-api'))('%s', async (file) => {
    const events = normalise(readFixture(`cloud-api/${file}`))
    expect(events.length).toBeGreaterThan(0)
    await expect(`${JSON.stringify(events, null, 2)}\n`).toMatchFileSnapshot(join(FIXTURES, 'events', file))
  })

  test('has no expectation left over from a fixture that is gone', () => {
    expect(fixtureFiles('events')).toEqual(fixtureFiles('cloud-api'))
  })
})

test('no fixture of the Graph API is taken for a webhook', () => {
  const files = fixtureFiles('graph')
  expect(files.length).toBeGreaterThan(50)
  for (const file of files)
    expect([file, readWebhook(readFixture(`graph/${file}`)).kind]).toEqual([file, 'not_a_webhook'])
})

test('provenance names every fixture, and nothing else', () => {
  const provenance = readFixture('provenance.json') as Record<string, { kind: string; page: string }>
  const files = ['cloud-api', 'graph'].flatMap((folder) => fixtureFiles(folder).map((file) => `${folder}/${file}`))
  expect(Object.keys(provenance).sort()).toEqual(files.sort())
  for (const [file, { kind, page }] of Object.entries(provenance)) {
    expect(PROVENANCE_KINDS, file).toContain(kind)
    expect(page, file).toMatch(/^[a-z0-9_/-]+$/)
  }
})

test('no two facts of the fixtures share a wamid by accident', () => {
  const homes = new Map<string, string[]>()
  for (const file of fixtureFiles('cloud-api')) {
    const wamids = new Set(
      normalise(readFixture(`cloud-api/${file}`)).flatMap((event) =>
        event.type === 'channel.message' ? [event.wamid] : [],
      ),
    )
    for (const wamid of wamids) homes.set(wamid, [...(homes.get(wamid) ?? []), file])
  }
  const shared = [...homes.values()].filter((files) => files.length > 1)
  // The end of a call has the id of its beginning, and the late file of an imported placeholder the placeholder's wamid: that is
  // how the two find each other.
  expect(shared).toEqual([
    ['calls/connect.json', 'calls/terminate.json'],
    ['history/media_from_business.json', 'history/phase_0.json'],
    ['history/media_from_customer.json', 'history/phase_1_second_chunk.json'],
  ])
})
