import { z } from 'zod'
import type { ErrorCode } from '../error-codes.ts'
import type { StoredFile } from '../message-file.ts'
import { UPLOAD_KINDS, type UploadKind } from '../send-limits.ts'
import { UPLOAD_BYTES_MAX } from './limits.ts'

/** `POST /api/v1/uploads`: begins one; 201. */
export const beginUploadBody = z.strictObject({
  kind: z.enum(UPLOAD_KINDS),
  filename: z.string().trim().min(1).max(240),
  /** What the file says it is; its bytes decide. */
  mimeType: z.string().max(200),
  bytes: z.number().int().min(1).max(UPLOAD_BYTES_MAX),
})
export type BeginUploadBody = z.infer<typeof beginUploadBody>

/**
 * `PATCH /api/v1/uploads/{id}`, `upload-offset: <bytes>`, the next bytes as `application/octet-stream`; 409
 * `upload_offset` says where to go on. `GET` tells how far it has come, `DELETE` gives it up.
 */
export interface Upload {
  readonly id: string
  readonly kind: UploadKind
  readonly filename: string
  readonly bytes: number
  readonly received: number
  /** `ready`: it can be sent. `refused`: WhatsApp would not take it, and it cannot be made so. */
  readonly state: 'receiving' | 'ready' | 'refused'
  readonly fault: UploadFault | null
  /** As it will be sent, once it is ready. */
  readonly file: StoredFile | null
}
export type UploadFault = Extract<
  ErrorCode,
  'file_type' | 'file_too_large' | 'file_damaged' | 'sound_not_converted' | 'video_not_converted'
>
export interface UploadAnswer {
  readonly upload: Upload
}
