import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MissingFile } from '../../contract/message-file.ts'
import { hex, image, mediaRig, RIG_BYTES_MAX } from '../../test/support/media-rig.ts'
import { deletion, message } from '../../test/support/projection.ts'
import { META_KEEPS_MS } from './fetch-plan.ts'

const HOUR_MS = 60 * 60 * 1000
const rig = mediaRig()

describe('a file', () => {
  test.each(['live', 'echo', 'history_media'] as const)(
    'of a message that came by %s is fetched and kept',
    async (via) => {
      rig.atMeta.set('7', { bytes: rig.photo })
      await rig.receive(
        message({ wamid: 'wamid.1', via, direction: via === 'echo' ? 'out' : 'in', content: image('7') }),
      )
      expect(await rig.count('media_fetch')).toBe(1)
      await rig.run()
      expect(await rig.fileOf('wamid.1')).toEqual({
        state: 'stored',
        hash: hex(rig.photo),
        bytes: rig.photo.length,
        mimeType: 'image/jpeg',
        thumb: true,
        seconds: null,
        wave: null,
      })
      expect([await rig.count('media_fetch'), await rig.count('media_file')]).toEqual([0, 1])
      expect((await rig.events()).at(-1)).toMatchObject({
        type: 'message.changed',
        message: { file: { state: 'stored' } },
      })
      expect(rig.graph.calls.map((call) => [call.path, call.headers.authorization])).toEqual([
        ['/7', 'Bearer EAAtoken'],
        ['/bytes/7', 'Bearer EAAtoken'],
      ])
      await rig.run()
      expect(rig.graph.calls).toHaveLength(2)
    },
  )

  test('that many messages hold is kept once', async () => {
    const messages = Array.from({ length: 6 }, (_, index) => {
      rig.atMeta.set(`7${index}`, { bytes: rig.photo })
      return message({ wamid: `wamid.${index}`, content: image(`7${index}`) })
    })
    await rig.receive(...messages)
    await rig.run()
    expect(await rig.count('media_file')).toBe(1)
    expect((await rig.fileOf('wamid.5'))?.state).toBe('stored')
    const folder = join(rig.server.deps.files.incomingFolder, '..')
    const kept = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(kept.map(({ name }) => name).sort()).toEqual([hex(rig.photo), `${hex(rig.photo)}.thumb.webp`])
  })

  test('of a placeholder comes with the message that takes its place', async () => {
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', via: 'history', content: { type: 'media_placeholder' } }))
    expect(await rig.count('media_fetch')).toBe(0)
    await rig.receive(message({ wamid: 'wamid.1', via: 'history_media', content: image('7') }))
    await rig.run()
    expect((await rig.fileOf('wamid.1'))?.state).toBe('stored')
  })

  test('of a message that was deleted meanwhile is not fetched', async () => {
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.receive(deletion({ wamid: 'wamid.d', targetWamid: 'wamid.1' }) as never)
    await rig.run()
    expect([rig.graph.calls.length, await rig.fileOf('wamid.1'), await rig.count('media_fetch')]).toEqual([0, null, 0])
  })
})

describe('a file that is not had', () => {
  test('because its bytes are others than announced is tried again, and then said to be damaged', async () => {
    rig.atMeta.set('7', { bytes: rig.photo, sha256: hex(Buffer.from('others')) })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await rig.fileOf('wamid.1')).toBeNull()
      await rig.run()
      rig.server.clock.advanceMs(HOUR_MS)
    }
    expect(await rig.fileOf('wamid.1')).toMatchObject({ state: 'missing', reason: 'damaged' })
    expect(await rig.count('media_file')).toBe(0)
    expect(await readdir(rig.server.deps.files.incomingFolder)).toEqual([])
  })

  test('at once is not asked for again before its time', async () => {
    rig.atMeta.set('7', 'cut')
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.run()
    await rig.run()
    expect(rig.graph.calls).toHaveLength(1)
    rig.atMeta.set('7', { bytes: rig.photo })
    rig.server.clock.advanceMs(60_000)
    await rig.run()
    expect((await rig.fileOf('wamid.1'))?.state).toBe('stored')
  })

  test('because the download is cut off is tried again', async () => {
    rig.atMeta.set('7', { bytes: rig.photo })
    rig.graph.answer(({ path }) => {
      if (path === '/7')
        return { body: { url: `${rig.graph.url}/bytes/7`, sha256: hex(rig.photo), file_size: rig.photo.length } }
      const headers = { 'content-length': String(rig.photo.length) }
      return { raw: rig.photo.subarray(0, 100), headers, cutAfter: true }
    })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await rig.fileOf('wamid.1')).toBeNull()
      await rig.run()
      rig.server.clock.advanceMs(HOUR_MS)
    }
    expect(await rig.fileOf('wamid.1')).toMatchObject({ state: 'missing', reason: 'unreachable' })
    expect(await readdir(rig.server.deps.files.incomingFolder)).toEqual([])
  })

  test('because Meta has it no more is said so, and cannot be tried again', async () => {
    rig.atMeta.set('7', { status: 400, body: { error: { code: 100, message: 'Object does not exist' } } })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.run()
    expect(await rig.fileOf('wamid.1')).toEqual({ state: 'missing', reason: 'expired', untilMs: null })
    const { id } = await rig.rowOf('wamid.1')
    const again = await rig.server.call('POST', `/api/v1/messages/${id}/media`)
    expect([again.status, again.body.error]).toEqual([410, expect.objectContaining({ details: { reason: 'expired' } })])
    const answer = await rig.get('wamid.1')
    expect([answer.status, ((await answer.json()) as { error: { details: unknown } }).error.details]).toEqual([
      410,
      { reason: 'expired' },
    ])
  })

  test('in seven days is gone, and Meta is not asked any more', async () => {
    rig.atMeta.set('7', 'cut')
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    rig.server.clock.advanceMs(META_KEEPS_MS)
    await rig.run()
    expect(rig.graph.calls).toEqual([])
    expect(await rig.fileOf('wamid.1')).toEqual({ state: 'missing', reason: 'expired', untilMs: null })
  })

  test('while Meta is away can be tried by hand until Meta drops it', async () => {
    const expiresAtMs = rig.server.clock.nowMs() + META_KEEPS_MS
    rig.atMeta.set('7', 'cut')
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    for (let attempt = 0; attempt < 3; attempt++) {
      await rig.run()
      rig.server.clock.advanceMs(HOUR_MS)
    }
    expect(await rig.fileOf('wamid.1')).toEqual({ state: 'missing', reason: 'unreachable', untilMs: expiresAtMs })
    rig.atMeta.set('7', { bytes: rig.photo })
    const { id } = await rig.rowOf('wamid.1')
    expect((await rig.server.call('POST', `/api/v1/messages/${id}/media`)).status).toBe(202)
    expect([await rig.fileOf('wamid.1'), (await rig.events()).at(-1)]).toMatchObject([
      null,
      { message: { file: null } },
    ])
    await rig.run()
    expect((await rig.fileOf('wamid.1'))?.state).toBe('stored')
  })
})

describe('limits', () => {
  test('a file above the limit is left at Meta, where it can be seen while it is there', async () => {
    const expiresAtMs = rig.server.clock.nowMs() + META_KEEPS_MS
    const large = Buffer.alloc(RIG_BYTES_MAX + 1, 'x')
    rig.atMeta.set('7', { bytes: large })
    // The announced size is not to be relied on.
    rig.atMeta.set('8', { bytes: large, size: 5 })
    await rig.receive(
      message({ wamid: 'wamid.1', content: image('7') }),
      message({ wamid: 'wamid.2', content: image('8') }),
    )
    await rig.run()
    for (const wamid of ['wamid.1', 'wamid.2']) {
      expect(await rig.fileOf(wamid)).toEqual({ state: 'missing', reason: 'too_large', untilMs: expiresAtMs })
    }
    expect(rig.graph.calls.map(({ path }) => path).sort()).toEqual(['/7', '/8', '/bytes/8'])
    expect((await rig.get('wamid.1')).status).toBe(200)
    rig.server.clock.advanceMs(META_KEEPS_MS)
    expect((await rig.get('wamid.1')).status).toBe(410)
  })

  test('kinds that are not wanted are not fetched', async () => {
    await rig.restart({ kinds: ['audio'] })
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.run()
    expect([rig.graph.calls, (await rig.fileOf('wamid.1')) as MissingFile]).toMatchObject([
      [],
      { reason: 'not_wanted' },
    ])
    expect((await rig.get('wamid.1')).status).toBe(200)
  })

  test('so many are fetched at once, and no more', async () => {
    await rig.restart({ parallelMax: 2 })
    for (const id of ['1', '2', '3', '4']) rig.atMeta.set(id, 'hold')
    await rig.receive(...['1', '2', '3', '4'].map((id) => message({ wamid: `wamid.${id}`, content: image(id) })))
    const running = rig.run()
    await rig.graph.called(2)
    await rig.server.call('GET', '/api/v1/numbers')
    expect(rig.graph.calls).toHaveLength(2)
    for (const id of ['3', '4']) rig.atMeta.set(id, { bytes: rig.photo })
    rig.graph.release()
    await running
    expect((await rig.fileOf('wamid.4'))?.state).toBe('stored')
  })
})

describe('a crash', () => {
  test('between the bytes and the row leaves nothing that is seen, and the file is fetched again', async () => {
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    await rig.run()
    // As it was before the last commit: the bytes are kept, and no row names them.
    await rig.db.owner.query('update message set file = null where workspace_id = $1', [rig.place.workspaceId])
    await rig.db.owner.query('delete from media_file where workspace_id = $1', [rig.place.workspaceId])
    await rig.db.owner.query(
      'insert into media_fetch select workspace_id, id, 1, $2, $3 from message where workspace_id = $1',
      [rig.place.workspaceId, new Date(rig.server.clock.nowMs()), new Date(rig.server.clock.nowMs() + META_KEEPS_MS)],
    )
    expect((await rig.get('wamid.1', 'media/thumb')).status).toBe(410)
    await rig.run()
    expect([(await rig.fileOf('wamid.1'))?.state, await rig.count('media_file')]).toEqual(['stored', 1])
  })

  test('over a file counts as a try, since the try is noted before it begins', async () => {
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    rig.atMeta.set('7', 'hold')
    const running = rig.run()
    await rig.graph.called(1)
    const { rows } = await rig.db.owner.query('select attempts from media_fetch where workspace_id = $1', [
      rig.place.workspaceId,
    ])
    expect(rows).toEqual([{ attempts: 1 }])
    rig.graph.release()
    await running
  })

  test('of the disk is told, and tried again when it is mended', async () => {
    rig.atMeta.set('7', { bytes: rig.photo })
    await rig.receive(message({ wamid: 'wamid.1', content: image('7') }))
    const { blobs } = rig.server.deps.files
    const broken = { ...blobs, put: async () => Promise.reject(new Error('no room')) }
    await rig.run({ ...rig.server.deps, files: { ...rig.server.deps.files, blobs: broken } })
    expect(rig.server.errors.splice(0)).toMatchObject([{ message: 'no room' }])
    expect([await rig.fileOf('wamid.1'), await rig.count('media_fetch')]).toEqual([null, 1])
    rig.server.clock.advanceMs(HOUR_MS)
    await rig.run()
    expect((await rig.fileOf('wamid.1'))?.state).toBe('stored')
  })
})
