import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BeginUploadBody, Upload } from '../../contract/api/uploads.ts'
import { uploadBytesMax } from '../../contract/send-limits.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { type KeepFileDeps, keepLocalFile } from './keep-file.ts'
import { putMediaFile } from './media-fetch-store.ts'
import {
  deleteExpired,
  deleteUpload,
  insertUpload,
  lockUpload,
  putReceived,
  settleUpload,
  type UploadRow,
} from './upload-store.ts'
import { writeFitting } from './write-fitting.ts'

/** Until then a file that came up may be sent; a message that was sent keeps it for ever. */
const UPLOAD_KEPT_MS = 24 * 60 * 60 * 1000

export interface UploadDeps extends KeepFileDeps {
  readonly database: Database
  readonly clock: Clock
}

/** Whose upload: each member has their own. */
export interface Owner {
  readonly workspaceId: string
  readonly memberId: string
}

export type UploadOutcome =
  | { readonly ok: true; readonly upload: Upload }
  | { readonly ok: false; readonly code: 'upload_gone' | 'file_too_large' }
  | { readonly ok: false; readonly code: 'upload_offset'; readonly received: number }

export async function beginUpload(deps: UploadDeps, owner: Owner, body: BeginUploadBody): Promise<UploadOutcome> {
  if (body.bytes > uploadBytesMax(body.kind)) return { ok: false, code: 'file_too_large' }
  const id = deps.ids.next()
  const nowMs = deps.clock.nowMs()
  const times = { now: new Date(nowMs), expiresAt: new Date(nowMs + UPLOAD_KEPT_MS) }
  await inWorkspace(deps.database, owner.workspaceId, (sql) =>
    insertUpload(sql, owner.workspaceId, { ...body, ...times, id, memberId: owner.memberId }),
  )
  return readUpload(deps, owner, id)
}

/** How far an upload has come. */
export async function readUpload(deps: UploadDeps, owner: Owner, id: string): Promise<UploadOutcome> {
  const row = await inWorkspace(deps.database, owner.workspaceId, (sql) =>
    lockUpload(sql, owner.workspaceId, { id, memberId: owner.memberId, now: new Date(deps.clock.nowMs()) }),
  )
  return row === null ? { ok: false, code: 'upload_gone' } : { ok: true, upload: viewOf(row) }
}

/**
 * Takes the bytes from `offset` on. The row is locked while they are written, so that two pieces at once cannot both think
 * they are next; after a crash in between the same piece comes again and lands on the same place. With the last piece the
 * file is looked at, made what WhatsApp takes, and kept.
 */
export async function takePiece(
  deps: UploadDeps,
  owner: Owner,
  id: string,
  piece: { readonly offset: number; readonly bytes: Buffer },
): Promise<UploadOutcome> {
  const taken = await inWorkspace(deps.database, owner.workspaceId, async (sql) => {
    const who = { id, memberId: owner.memberId, now: new Date(deps.clock.nowMs()) }
    const row = await lockUpload(sql, owner.workspaceId, who)
    if (row === null || row.state !== 'receiving') return row
    const received = piece.offset + piece.bytes.length
    if (piece.offset !== row.received || received > row.bytes) return { offsetIs: row.received }
    if (piece.bytes.length === 0) return row
    await mkdir(deps.incomingFolder, { recursive: true, mode: 0o700 })
    if (!(await writeAt(pathOf(deps, id), piece))) {
      await deleteUpload(sql, owner.workspaceId, id)
      return null
    }
    await putReceived(sql, owner.workspaceId, id, received)
    return { ...row, received }
  })
  if (taken === null) return { ok: false, code: 'upload_gone' }
  if ('offsetIs' in taken) return { ok: false, code: 'upload_offset', received: taken.offsetIs }
  if (taken.state !== 'receiving' || taken.received < taken.bytes) return { ok: true, upload: viewOf(taken) }
  await finish(deps, owner.workspaceId, taken)
  return readUpload(deps, owner, id)
}

/** Gives an upload up; one that is not there is given up already. */
export async function giveUpUpload(deps: UploadDeps, owner: Owner, id: string): Promise<void> {
  const found = await inWorkspace(deps.database, owner.workspaceId, async (sql) => {
    const who = { id, memberId: owner.memberId, now: new Date(deps.clock.nowMs()) }
    const row = await lockUpload(sql, owner.workspaceId, who)
    if (row !== null) await deleteUpload(sql, owner.workspaceId, id)
    return row !== null
  })
  if (found) await rm(pathOf(deps, id), { force: true })
}

/** Forgets what was begun and not sent in time. */
export async function dropExpiredUploads(
  deps: Pick<UploadDeps, 'database' | 'clock' | 'incomingFolder'>,
  workspaceId: string,
): Promise<void> {
  const now = new Date(deps.clock.nowMs())
  const gone = await inWorkspace(deps.database, workspaceId, (sql) => deleteExpired(sql, workspaceId, now))
  for (const id of gone) await rm(pathOf(deps, id), { force: true })
}

/** Safe to repeat: the same bytes become the same file. */
async function finish(deps: UploadDeps, workspaceId: string, row: UploadRow): Promise<void> {
  const path = pathOf(deps, row.id)
  const fitted = `${path}.fit`
  try {
    const fit = await writeFitting(row.kind, path, fitted, row.mimeType)
    const kept = 'fault' in fit ? null : await keepLocalFile(deps, workspaceId, fit.path, fit.mimeType)
    await inWorkspace(deps.database, workspaceId, async (sql) => {
      if (kept !== null) await putMediaFile(sql, workspaceId, kept, new Date(deps.clock.nowMs()))
      const { thumbBytes: _kept, ...file } = kept ?? { thumbBytes: null }
      const outcome =
        'fault' in fit ? { fault: fit.fault } : { file: file as Omit<NonNullable<typeof kept>, 'thumbBytes'> }
      await settleUpload(sql, workspaceId, row.id, outcome)
    })
  } finally {
    await rm(path, { force: true })
    await rm(fitted, { force: true })
  }
}

/** `false` when what came before is gone: the bytes would stand behind a hole. */
async function writeAt(path: string, piece: { readonly offset: number; readonly bytes: Buffer }): Promise<boolean> {
  const handle = await open(path, piece.offset === 0 ? 'w' : 'r+', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (handle === null) return false
  try {
    await handle.write(piece.bytes, 0, piece.bytes.length, piece.offset)
  } finally {
    await handle.close()
  }
  return true
}

function pathOf(deps: Pick<UploadDeps, 'incomingFolder'>, id: string): string {
  return join(deps.incomingFolder, `upload-${id}`)
}

function viewOf({ mimeType: _said, ...upload }: UploadRow): Upload {
  return upload
}
