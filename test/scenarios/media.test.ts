import { expect } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, type Rig, SECOND_MS, scenario } from './rig.ts'

/** The only chat of the small phone with files: 20 days old, and twice five days old. */
const CHAT = 'c1'

scenario('files follow the past late, and the oldest never', { seed: 41 }, async (rig) => {
  await rig.load('tiny')
  const { phoneNumberId } = await rig.connect()
  // The past is in, its files are still to come, and Wasl goes off the net for two days.
  await rig.advance(2 * SECOND_MS)
  expect(await filesOf(rig, phoneNumberId)).toEqual(['placeholder', 'placeholder', 'placeholder'])
  await rig.wasl.goOffline()
  await rig.control('POST', 'clock', { advanceMs: 2 * DAY_MS })
  await rig.wasl.comeBack()
  await rig.advance(12 * HOUR_MS)

  expect(await filesOf(rig, phoneNumberId)).toEqual(['placeholder', 'stored', 'stored'])
  const [photo, voice] = (await rig.thread(phoneNumberId, CHAT)).slice(-2)
  expect(photo?.content).toMatchObject({ type: 'image', caption: 'مثل هذه' })
  expect(voice?.file).toMatchObject({ state: 'stored', seconds: expect.any(Number) })
  for (const message of [photo, voice]) {
    const response = await fetch(`${rig.wasl.api.url}/api/v1/messages/${message?.id}/media`)
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(message?.file?.state === 'stored' && message.file.bytes)
  }
  // Files of the past are no work either.
  expect(await rig.conversation(phoneNumberId, CHAT)).toMatchObject({ inboundCount: 0, lastInboundAtMs: null })
  expect(await rig.sql('select count(*)::int as n from media_file where workspace_id = $1')).toEqual([{ n: 2 }])
  await rig.expectThreadsOfPhone(phoneNumberId)
})

scenario('Meta does not hand the files out until it is too late', { seed: 42 }, async (rig) => {
  await rig.load('tiny')
  const { phoneNumberId } = await rig.connect()
  await rig.advance(2 * SECOND_MS)
  await rig.control('PUT', 'faults', { graph5xxRatio: 1 })
  await rig.advance(MINUTE_MS)
  expect(await filesOf(rig, phoneNumberId)).toEqual(['placeholder', 'waiting', 'waiting'])
  // Meta keeps them for seven days.
  await rig.advance(8 * DAY_MS)
  await rig.control('PUT', 'faults', {})
  await rig.wasl.sweep()
  expect(await filesOf(rig, phoneNumberId)).toEqual(['placeholder', 'expired', 'expired'])
  const photo = (await rig.thread(phoneNumberId, CHAT)).at(-2)
  const response = await fetch(`${rig.wasl.api.url}/api/v1/messages/${photo?.id}/media`)
  expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
    410,
    'media_unavailable',
  ])
  expect(await rig.sql('select 1 from media_file where workspace_id = $1')).toEqual([])
  expect(await rig.sql('select 1 from media_fetch where workspace_id = $1')).toEqual([])
})

/** What stands where a file belongs, oldest first. */
async function filesOf(rig: Rig, phoneNumberId: string): Promise<string[]> {
  const thread = await rig.thread(phoneNumberId, CHAT)
  return thread.flatMap(({ content, file }) => {
    if (content.type === 'media_placeholder') return ['placeholder']
    if (!('media' in content)) return []
    return [file === null ? 'waiting' : file.state === 'missing' ? file.reason : file.state]
  })
}
