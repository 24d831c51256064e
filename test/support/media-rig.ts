import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { MessageContent } from '../../contract/message-content.ts'
import type { MissingFile, StoredFile } from '../../contract/message-file.ts'
import { checkIntegrity } from '../../server/inbox/check-integrity.ts'
import { apiJobs } from '../../server/jobs.ts'
import type { ChannelMessage } from '../../server/whatsapp/channel-event.ts'
import { type ApiServer, startApiServer } from './api-server.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type GraphStub, type StubAnswer, startGraphStub } from './graph-stub.ts'
import { putToken } from './inbox-rows.ts'
import { project, testProjection } from './projection.ts'
import { createTestWorkspace, type TestWorkspace } from './workspace.ts'

export const RIG_BYTES_MAX = 200_000

type MediaOptions = NonNullable<Parameters<typeof startApiServer>[0]['media']>

/** Everything that files take part in, new for each test: a workspace, the API and its jobs, and a Meta that holds files. */
export class MediaRig {
  photo!: Buffer
  db!: TestDatabase
  graph!: GraphStub
  place!: TestWorkspace
  server!: ApiServer
  /** By media id what Meta holds, or what it answers instead. */
  atMeta = new Map<string, { bytes: Buffer; sha256?: string; size?: number } | StubAnswer>()

  async restart(media: MediaOptions): Promise<void> {
    await this.server.close()
    await this.start(media)
  }

  async start(media: MediaOptions): Promise<void> {
    const options = { db: this.db, workspaceId: this.place.workspaceId, graphUrl: this.graph.url }
    this.server = await startApiServer({ ...options, media: { bytesMax: RIG_BYTES_MAX, ...media } })
  }

  /** Projects messages with the server's clock, as they would come by webhook. */
  async receive(...messages: ChannelMessage[]): Promise<void> {
    await project({ ...testProjection(this.db), clock: this.server.clock }, this.place, messages)
  }

  /** Runs the job that fetches what is due. */
  async run(deps = this.server.deps): Promise<void> {
    const payload = { workspaceId: this.place.workspaceId }
    await apiJobs(deps).fetch_media?.(payload, { attempt: 1, isLastAttempt: false })
  }

  async rowOf(wamid: string): Promise<{ id: string; file: StoredFile | MissingFile | null }> {
    const text = 'select id, file from message where workspace_id = $1 and wamid = $2'
    return (await this.db.owner.query(text, [this.place.workspaceId, wamid])).rows[0]
  }

  async fileOf(wamid: string): Promise<StoredFile | MissingFile | null> {
    return (await this.rowOf(wamid)).file
  }

  async count(table: 'media_file' | 'media_fetch'): Promise<number> {
    const text = `select count(*)::int as n from ${table} where workspace_id = $1`
    return (await this.db.owner.query(text, [this.place.workspaceId])).rows[0].n
  }

  async events(): Promise<{ type: string; message?: { file: unknown } }[]> {
    const text = 'select event from feed where workspace_id = $1 order by seq'
    return (await this.db.owner.query(text, [this.place.workspaceId])).rows.map(({ event }) => event)
  }

  async get(wamid: string, path = 'media', headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.server.url}/api/v1/messages/${(await this.rowOf(wamid)).id}/${path}`, { headers })
  }
}

/** A rig for the tests of a file; after each test everything that is stored must agree with itself. */
export function mediaRig(): MediaRig {
  const rig = new MediaRig()
  beforeAll(async () => {
    rig.photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#286' } })
      .jpeg()
      .toBuffer()
    rig.db = await createTestDatabase()
    rig.graph = await startGraphStub()
  })
  afterAll(async () => {
    await rig.graph.close()
    await rig.db.close()
  })
  beforeEach(async () => {
    rig.place = await createTestWorkspace(rig.db)
    await putToken(rig.db, rig.place)
    rig.atMeta.clear()
    rig.graph.calls.length = 0
    rig.graph.answer((call) => {
      const [, kind, id = kind] = call.path.split('/')
      const held = rig.atMeta.get(id ?? '')
      if (held === undefined || typeof held === 'string' || !('bytes' in held)) return held
      if (kind === 'bytes') return { raw: held.bytes, headers: { 'content-type': 'image/jpeg' } }
      const { bytes, sha256 = hex(bytes), size = bytes.length } = held
      const url = `${rig.graph.url}/bytes/${id}`
      return { body: { url, mime_type: 'image/jpeg', sha256, file_size: String(size), id } }
    })
    await rig.start({})
    return async () => {
      await rig.server.close()
      expect(rig.server.errors).toEqual([])
      expect(await checkIntegrity(rig.db.database, rig.place.workspaceId)).toEqual([])
      await rig.db.owner.query('delete from graphile_worker._private_jobs')
    }
  })
  return rig
}

export function hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function image(mediaId: string): MessageContent {
  return { type: 'image', media: { mediaId, mimeType: 'image/jpeg', sha256: null } }
}
