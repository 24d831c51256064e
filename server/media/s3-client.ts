import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { BlobStore } from './blob-store.ts'

/** How long a file may take on its way in, and the first byte of one on its way out. */
const PUT_TIMEOUT_MS = 5 * 60 * 1000
const HEADERS_TIMEOUT_MS = 20 * 1000
const EXCERPT_MAX = 300

export interface S3Place {
  /** Of the store, without the bucket, which follows in the path: every store understands that. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Files in an S3-compatible store. The hash is signed with a file, so that the store itself refuses other bytes. */
export function s3Store(place: S3Place): BlobStore {
  const aws = new AwsClient({ ...place, service: 's3', retries: 0 })
  const urlOf = (key: string) => `${place.endpoint}/${encodeURIComponent(place.bucket)}/${key}`
  return {
    async put(key, path, hash) {
      // Read from the disk as it is sent; its length is known beforehand, which stores insist on.
      const body = await openAsBlob(path)
      const request = await aws.sign(urlOf(key), {
        method: 'PUT',
        body,
        headers: { 'x-amz-content-sha256': hash, 'content-type': 'application/octet-stream' },
      })
      const answer = await fetch(request, { signal: AbortSignal.timeout(PUT_TIMEOUT_MS) })
      if (!answer.ok) throw await refusal('keep', answer)
      await answer.body?.cancel()
    },
    async open(key, range) {
      const request = await aws.sign(urlOf(key), {
        headers: range === null ? {} : { range: `bytes=${range.from}-${range.to}` },
      })
      const abort = new AbortController()
      const timer = setTimeout(() => abort.abort(), HEADERS_TIMEOUT_MS)
      const answer = await fetch(request, { signal: abort.signal }).finally(() => clearTimeout(timer))
      if (answer.status === 404) {
        await answer.body?.cancel()
        return null
      }
      if (!answer.ok || answer.body === null) throw await refusal('give', answer)
      if (range !== null && answer.status !== 206) throw new Error('The file store does not give parts of files')
      return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>)
    },
  }
}

async function refusal(what: 'keep' | 'give', answer: Response): Promise<Error> {
  const text = (await answer.text()).slice(0, EXCERPT_MAX)
  return new Error(`The file store did not ${what} a file: HTTP ${answer.status} ${text}`)
}
