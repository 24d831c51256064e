import { UPLOAD_CHUNK_BYTES_MAX } from '../../contract/api/limits.ts'
import type { BeginUploadBody, Upload, UploadAnswer } from '../../contract/api/uploads.ts'
import type { Failure, Result } from './api.ts'
import { isTemporary } from './api.ts'
import { backoffMs } from './backoff.ts'

/** How often a piece is tried before a person is asked. */
const TRIES_MAX = 8

export interface UploadSurroundings {
  get<T>(path: string): Promise<Result<T>>
  post<T>(path: string, body: unknown): Promise<Result<T>>
  patchBytes<T>(path: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<Result<T>>
  wait(ms: number): Promise<void>
  random(): number
}

/**
 * Sends a file up piece by piece; after an interruption it asks how far it came, and goes on from there. Gives the upload,
 * ready or refused; why not otherwise; `null` when it was cancelled.
 */
export async function uploadFile(
  around: UploadSurroundings,
  file: Blob,
  begin: BeginUploadBody,
  on: { readonly signal: AbortSignal; readonly progress: (upload: Upload) => void },
): Promise<Result<Upload> | null> {
  const begun = await around.post<UploadAnswer>('/uploads', begin)
  if (!begun.ok) return begun
  let { upload } = begun.value
  for (let tries = 1; upload.state === 'receiving'; ) {
    if (on.signal.aborted) return null
    on.progress(upload)
    const piece = file.slice(upload.received, upload.received + UPLOAD_CHUNK_BYTES_MAX)
    const answer = await around.patchBytes<UploadAnswer>(`/uploads/${upload.id}`, upload.received, piece, on.signal)
    if (on.signal.aborted) return null
    if (answer.ok) {
      upload = answer.value.upload
      tries = 1
      continue
    }
    if (!mayGoOn(answer.failure) || tries >= TRIES_MAX) return answer
    await around.wait(backoffMs(tries++, around.random()))
    const stands = await around.get<UploadAnswer>(`/uploads/${upload.id}`)
    if (stands.ok) upload = stands.value.upload
    else if (!isTemporary(stands.failure)) return stands
  }
  return { ok: true, value: upload }
}

/** It was interrupted, or came twice: where it stands can be asked. */
function mayGoOn(failure: Failure): boolean {
  return isTemporary(failure) || (failure.kind === 'refused' && failure.code === 'upload_offset')
}
