import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyFeedRows, type InboxState } from '../../contract/inbox-state.ts'
import { hex, image, mediaRig, RIG_BYTES_MAX } from '../../test/support/media-rig.ts'
import { message } from '../../test/support/projection.ts'
import { type S3Stub, startS3Stub } from '../../test/support/s3-stub.ts'
import { readMembers } from '../identity/member-store.ts'
import { checkIntegrity } from '../inbox/check-integrity.ts'
import { readMessagesPage, readSnapshot } from '../inbox/read-snapshot.ts'
import { apiJobs } from '../jobs.ts'
import { readNumbers } from '../numbers/number-store.ts'
import { blobKey } from './blob-store.ts'
import { checkFiles } from './check-files.ts'

const rig = mediaRig()

describe('a file that is kept', () => {
  test('is served from here: whole, in parts, small, and never by the name it came with', async () => {
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
    rig.atMeta.set('7', { bytes: rig.photo })
    rig.atMeta.set('8', { bytes: pdf })
    await rig.receive(
      message({ wamid: 'wamid.1', content: image('7') }),
      message({ wamid: 'wamid.2', content: image('8') }),
    )
    await rig.run()
    rig.graph.calls.length = 0
    const whole = await rig.get('wamid.1')
    expect(Buffer.from(await whole.arrayBuffer()).equals(rig.photo)).toBe(true)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(rig.photo.length),
      'content-disposition': 'inline',
      'content-security-policy': expect.stringContaining('sandbox'),
      etag: `"${hex(rig.photo)}"`,
    })
    const part = await rig.get('wamid.1', 'media', { range: 'bytes=2-5' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${rig.photo.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(rig.photo.subarray(2, 6))).toBe(true)
    const behind = await rig.get('wamid.1', 'media', { range: `bytes=${rig.photo.length}-` })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${rig.photo.length}`])
    expect((await rig.get('wamid.1', 'media', { 'if-none-match': `"${hex(rig.photo)}"` })).status).toBe(304)
    const thumb = await rig.get('wamid.1', 'media/thumb')
    expect(await sharp(await thumb.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 })
    // It said it was a picture.
    const other = await rig.get('wamid.2')
    expect([other.headers.get('content-type'), other.headers.get('content-disposition')]).toEqual([
      'application/pdf',
      'attachment',
    ])
    expect((await rig.get('wamid.2', 'media/thumb')).status).toBe(410)
    expect(rig.graph.calls).toEqual([])
  })
})

describe('in an S3-compatible store (a stub)', () => {
  let s3: S3Stub
  beforeAll(async () => {
    s3 = await startS3Stub()
  })
  afterAll(() => s3.close())

  test('files are kept and served, and nothing of them stays in the folder', async () => {
    await rig.restart({ s3: s3.place })
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.run()
    expect([...s3.objects.keys()].sort()).toEqual([
      blobKey(rig.place.workspaceId, hex(rig.photo), 'file'),
      blobKey(rig.place.workspaceId, hex(rig.photo), 'thumb'),
    ])
    const part = await rig.get('wamid.1', 'media', { range: 'bytes=0-9' })
    expect([part.status, Buffer.from(await part.arrayBuffer()).equals(rig.photo.subarray(0, 10))]).toEqual([206, true])
    expect((await rig.get('wamid.1', 'media/thumb')).status).toBe(200)
    expect(await readdir(rig.server.deps.files.incomingFolder)).toEqual([])
    expect(s3.refused).toEqual([])
  })
})

test('the sweep has files fetched that a crash has left waiting', async () => {
  rig.atMeta.set('7', { bytes: rig.photo })
  await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
  const woken: string[] = []
  const fetching = { ...rig.server.deps.fetching, wake: (workspaceId: string) => void woken.push(workspaceId) }
  const { sweep } = apiJobs({ ...rig.server.deps, fetching })
  await sweep?.({}, { attempt: 1, isLastAttempt: false })
  expect(woken).toEqual([rig.place.workspaceId])
  await rig.run()
  await sweep?.({}, { attempt: 1, isLastAttempt: false })
  expect(woken).toHaveLength(1)
})

test('a browser that only has the feed shows what one that loads anew shows', async () => {
  rig.atMeta.set('7', { bytes: rig.photo })
  rig.atMeta.set('8', { bytes: Buffer.alloc(RIG_BYTES_MAX + 1) })
  await rig.receive(
    message({ wamid: 'wamid.1', content: image('7') }),
    message({ wamid: 'wamid.2', at: 1, content: image('8'), context: { wamid: 'wamid.1', productId: null } }),
  )
  const deps = { database: rig.db.database, clock: rig.server.clock, readMembers, readNumbers }
  const fresh = async (): Promise<InboxState> => {
    const { state } = await readSnapshot(deps, rig.place.workspaceId, rig.place.noura.id)
    const [id = ''] = Object.keys(state.conversations)
    const page = await readMessagesPage(rig.db.database, rig.place.workspaceId, id, { before: null, limit: 10 })
    return { ...state, threads: { [id]: { messages: page?.messages ?? [], hasOlder: false, stale: false } } }
  }
  const before = await fresh()
  await rig.run()
  const { rows } = await rig.db.owner.query(
    'select seq::int, event from feed where workspace_id = $1 and seq > $2 order by seq',
    [rig.place.workspaceId, before.seq],
  )
  expect(rows.map(({ event }) => event.message.file.state).sort()).toEqual(['missing', 'stored'])
  const fed = applyFeedRows(
    before,
    rows.map(({ seq, event }) => ({ seq, atMs: 0, event })),
  )
  expect(fed).toEqual(await fresh())
})

test('bytes that the store has lost are told as gone, and found by the check', async () => {
  const other = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  rig.atMeta.set('7', { bytes: rig.photo })
  rig.atMeta.set('8', { bytes: other })
  await rig.receive(
    message({ wamid: 'wamid.1', content: image('7') }),
    message({ wamid: 'wamid.2', content: image('8') }),
  )
  await rig.run()
  const { blobs, incomingFolder } = rig.server.deps.files
  const check = () => checkFiles({ database: rig.db.database, blobs }, rig.place.workspaceId)
  expect(await check()).toEqual([])
  const pathOf = (bytes: Buffer, part: 'file' | 'thumb') =>
    join(incomingFolder, '..', blobKey(rig.place.workspaceId, hex(bytes), part))
  await rm(pathOf(rig.photo, 'file'))
  await rm(pathOf(other, 'thumb'))
  await writeFile(pathOf(other, 'file'), other.subarray(1))
  expect((await rig.get('wamid.1')).status).toBe(410)
  const faults = (await check()).sort((a, b) => (a.what < b.what ? -1 : 1))
  expect(faults).toEqual([
    { what: 'files whose bytes are gone', count: 1, samples: [hex(rig.photo)] },
    { what: 'files whose bytes are others', count: 1, samples: [hex(other)] },
    { what: 'files whose smaller picture is gone', count: 1, samples: [hex(other)] },
  ])
})

test('the check finds rows that do not fit together', async () => {
  rig.atMeta.set('7', { bytes: rig.photo })
  await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
  await rig.run()
  const faults = async () => (await checkIntegrity(rig.db.database, rig.place.workspaceId)).map(({ what }) => what)
  const file = await rig.fileOf('wamid.1')
  await rig.db.owner.query('update message set file = null where workspace_id = $1', [rig.place.workspaceId])
  expect(await faults()).toEqual(['files that no message holds'])
  await rig.db.owner.query('update message set file = $2 where workspace_id = $1', [
    rig.place.workspaceId,
    { ...file, bytes: 1 },
  ])
  expect(await faults()).toEqual(['messages whose file is not kept, or is not the one that is kept'])
  await rig.db.owner.query('update message set file = $2 where workspace_id = $1', [rig.place.workspaceId, file])
})
