import { opaque } from '../accounts/ids.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, noSuchObject } from './call.ts'

/** Bytes of an upload session. */
const FILE_BYTES_MAX = 100 * 1024 * 1024

/** The Resumable Upload API: `POST /{app}/uploads` opens a session, `POST /upload:…` takes the bytes from an offset. */
export interface UploadSessions {
  open(call: GraphCall): GraphAnswer
  take(call: GraphCall, id: string, offset: number): GraphAnswer
}

interface Session {
  readonly length: number
  readonly mime: string
  bytes: Buffer
}

export function createUploadSessions(world: World): UploadSessions {
  const sessions = new Map<string, Session>()
  return {
    open(call) {
      const length = Number(call.input.file_length)
      const mime = call.input.file_type
      if (!Number.isInteger(length) || length <= 0 || length > FILE_BYTES_MAX)
        return { code: 100, details: 'file_length must be the size of the file in bytes.' }
      if (typeof mime !== 'string' || !mime.includes('/'))
        return { code: 100, details: 'file_type must be a MIME type.' }
      const id = `upload:${opaque(world.chance, 'upload', 60)}`
      sessions.set(id, { length, mime, bytes: Buffer.alloc(0) })
      return { json: { id } }
    },
    take(call, id, offset) {
      const session = sessions.get(id)
      if (!session) return noSuchObject(call, id)
      if (call.method === 'GET') return { json: { id, file_offset: session.bytes.length } }
      if (offset !== session.bytes.length) return { code: 100, details: `file_offset must be ${session.bytes.length}.` }
      session.bytes = Buffer.concat([session.bytes, call.bytes])
      if (session.bytes.length > session.length) return { code: 100, details: 'More bytes than file_length.' }
      if (session.bytes.length < session.length) return { json: { id, file_offset: session.bytes.length } }
      return {
        json: { h: `4::${Buffer.from(`${session.mime}:${opaque(world.chance, 'handle', 90)}`).toString('base64url')}` },
      }
    },
  }
}
