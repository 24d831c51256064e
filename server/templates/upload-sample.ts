import { SAMPLE_TYPES, type SampleAnswer } from '../../contract/api/templates.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import type { AppCredentials, Graph } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { readNumberAccess } from './account-store.ts'
import { findSampleMedia, putSample, putSampleMedia, readSample, type Sample, setUpload } from './sample-store.ts'
import { sniffSample } from './sniff-sample.ts'

/** Bytes per call of an upload, so that a lost connection costs no more than these. */
const PART_BYTES = 4 * 1024 * 1024
/** Calls of one upload: twice what the largest file needs. */
const CALLS_MAX = 10
/** How long a handle is used again: Meta says of its life only that it is short. */
const HANDLE_MS = 60 * 60 * 1000
/** Meta keeps a file for sending 30 days; it is given anew a day before. */
const MEDIA_MS = 29 * 24 * 60 * 60 * 1000

export interface UploadSampleDeps {
  readonly database: Database
  readonly clock: Clock
  readonly app: Pick<AppCredentials, 'appId'>
  readonly graph: Pick<Graph, 'openUpload' | 'readUpload' | 'sendUpload'>
}

/** Keeps a file for headers; what it is, its bytes tell. */
export async function keepSample(
  { database, clock, ids }: { database: Database; clock: Clock; ids: Ids },
  workspaceId: string,
  file: { readonly fileName: string; readonly bytes: Buffer },
): Promise<{ ok: true; answer: SampleAnswer } | { ok: false; code: ErrorCode; details?: unknown }> {
  const mimeType = sniffSample(file.bytes)
  const limit = mimeType === null ? undefined : SAMPLE_TYPES[mimeType]
  if (mimeType === null || limit === undefined) {
    return { ok: false, code: 'template_inputs', details: { types: Object.keys(SAMPLE_TYPES) } }
  }
  if (file.bytes.length > limit.bytesMax) return { ok: false, code: 'too_large', details: { bytesMax: limit.bytesMax } }
  const id = ids.next()
  const now = new Date(clock.nowMs())
  await inWorkspace(database, workspaceId, (sql) => putSample(sql, workspaceId, { id, mimeType, ...file }, now))
  return { ok: true, answer: { id, mimeType } }
}

/** Gives a kept file to Meta for its review, going on where an earlier try broke off. `null`: there is no such file. */
export async function uploadSample(
  deps: UploadSampleDeps,
  workspaceId: string,
  token: string,
  id: string,
): Promise<GraphAnswer<string> | null> {
  const sample = await readWorkspace(deps.database, workspaceId, (sql) => readSample(sql, workspaceId, id))
  if (sample === null) return null
  const nowMs = deps.clock.nowMs()
  if (sample.handle !== null && nowMs - (sample.handleAtMs ?? 0) < HANDLE_MS)
    return { kind: 'ok', value: sample.handle }
  const session = await openSession(deps, workspaceId, token, sample)
  if (session.kind !== 'ok') return session
  const { uploadId } = session.value
  let { offset } = session.value
  for (let call = 0; call < CALLS_MAX; call++) {
    const part = sample.bytes.subarray(offset, offset + PART_BYTES)
    const answer = await deps.graph.sendUpload(token, uploadId, offset, part)
    if (answer.kind !== 'ok') return answer
    if (answer.value.handle !== null) {
      const done = { uploadId: null, handle: answer.value.handle, at: new Date(nowMs) }
      await inWorkspace(deps.database, workspaceId, (sql) => setUpload(sql, workspaceId, id, done))
      return { kind: 'ok', value: answer.value.handle }
    }
    offset = answer.value.offset
  }
  return { kind: 'unclear', why: 'unreadable', detail: 'The upload does not come to an end' }
}

async function openSession(
  { database, clock, app, graph }: UploadSampleDeps,
  workspaceId: string,
  token: string,
  sample: Sample,
): Promise<GraphAnswer<{ uploadId: string; offset: number }>> {
  if (sample.uploadId !== null) {
    const begun = await graph.readUpload(token, sample.uploadId)
    if (begun.kind === 'ok') return { kind: 'ok', value: { uploadId: sample.uploadId, offset: begun.value.offset } }
  }
  const { fileName: name, mimeType, bytes } = sample
  const opened = await graph.openUpload(token, app.appId, { name, mimeType, length: bytes.length })
  if (opened.kind !== 'ok') return opened
  const uploadId = opened.value.id
  const at = new Date(clock.nowMs())
  await inWorkspace(database, workspaceId, (sql) =>
    setUpload(sql, workspaceId, sample.id, { uploadId, handle: null, at }),
  )
  return { kind: 'ok', value: { uploadId, offset: 0 } }
}

export interface GiveMediaDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'uploadMedia'>
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/** Gives a kept file to Meta for sending from a number, once in a month. `null`: there is no such file or number. */
export async function uploadMedia(
  deps: GiveMediaDeps,
  workspaceId: string,
  sampleId: string,
  numberId: string,
): Promise<GraphAnswer<string> | null> {
  const now = new Date(deps.clock.nowMs())
  const since = new Date(now.getTime() - MEDIA_MS)
  const { known, sample, access } = await readWorkspace(deps.database, workspaceId, async (sql) => ({
    known: await findSampleMedia(sql, workspaceId, sampleId, { numberId, since }),
    sample: await readSample(sql, workspaceId, sampleId),
    access: await readNumberAccess(sql, workspaceId, numberId),
  }))
  if (known !== null) return { kind: 'ok', value: known }
  if (sample === null || access === null) return null
  const token = deps.openToken(workspaceId, access.numberId, access.sealedToken)
  const { fileName: filename, mimeType, bytes } = sample
  const blob = new Blob([new Uint8Array(bytes)], { type: mimeType })
  const answer = await deps.graph.uploadMedia(token, access.phoneNumberId, { blob, mimeType, filename })
  if (answer.kind !== 'ok') return answer
  const { mediaId } = answer.value
  await inWorkspace(deps.database, workspaceId, (sql) =>
    putSampleMedia(sql, workspaceId, sampleId, { numberId, mediaId, at: now }),
  )
  return { kind: 'ok', value: mediaId }
}
