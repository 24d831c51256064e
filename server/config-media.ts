import { z } from 'zod'
import { MEDIA_KINDS, type MediaKind } from '../contract/message-file.ts'

const BYTES_PER_MB = 1024 * 1024
/** Meta's own limit for any file it carries, in megabytes. */
const MEGABYTES_MAX = 100
const PARALLEL_MAX = 32
const ATTEMPTS_MAX = 50

const KINDS_FAULT = `must be all, none, or some of ${MEDIA_KINDS.join(', ')}, with commas between`

function whole(max: number) {
  return z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, `must be 1–${max}`)
    .max(max, `must be 1–${max}`)
}

const kinds = z.string().transform((text, context): readonly MediaKind[] => {
  if (text === 'all') return MEDIA_KINDS
  if (text === 'none') return []
  const named = text.split(',').map((kind) => kind.trim())
  const known = MEDIA_KINDS.filter((kind) => named.includes(kind))
  if (known.length < new Set(named).size) context.addIssue({ code: 'custom', message: KINDS_FAULT })
  return known
})

/** What of the files in messages is kept, and where. */
export const MEDIA_VARIABLES = {
  WASL_MEDIA_FETCH: {
    doc: 'Which files of messages are kept: all, none, or kinds such as image,audio,sticker. Others stay at Meta, 7 days.',
    schema: kinds,
    fallback: 'all',
  },
  WASL_MEDIA_MB_MAX: {
    doc: 'Files above this many megabytes are not kept; they can be seen while Meta has them.',
    schema: whole(MEGABYTES_MAX).transform((megabytes) => megabytes * BYTES_PER_MB),
    fallback: '100',
  },
  WASL_MEDIA_PARALLEL: {
    doc: 'How many files are fetched from Meta at the same time.',
    schema: whole(PARALLEL_MAX),
    fallback: '4',
  },
  WASL_MEDIA_ATTEMPTS: {
    doc: 'How often fetching a file is tried, after 1, 4, 16 … minutes and at most every 6 hours.',
    schema: whole(ATTEMPTS_MAX),
    fallback: '10',
  },
  WASL_MEDIA_STORE: {
    doc: 'Where files are kept. folder: in the data folder. s3: in an S3-compatible store, named by the next five.',
    schema: z.enum(['folder', 's3'], 'must be folder or s3'),
    fallback: 'folder',
  },
  WASL_MEDIA_S3_ENDPOINT: {
    doc: 'Address of the store without the bucket, e.g. https://s3.eu-central-1.amazonaws.com.',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
  },
  WASL_MEDIA_S3_REGION: { doc: 'Region of the store.', schema: z.string().min(1), fallback: 'us-east-1' },
  WASL_MEDIA_S3_BUCKET: { doc: 'Bucket of the store; it must exist.', schema: z.string().min(1).optional() },
  WASL_MEDIA_S3_KEY_ID: { doc: 'Id of the access key.', schema: z.string().min(1).optional() },
  WASL_MEDIA_S3_SECRET: { doc: 'Secret of the access key.', schema: z.string().min(1).optional(), secret: true },
} as const

type Values = { [K in keyof typeof MEDIA_VARIABLES]: z.output<(typeof MEDIA_VARIABLES)[K]['schema']> }

export interface MediaConfig {
  readonly kinds: readonly MediaKind[]
  readonly bytesMax: number
  readonly parallelMax: number
  readonly attemptsMax: number
  /** `null`: a folder in the data folder. */
  readonly s3: {
    readonly endpoint: string
    readonly region: string
    readonly bucket: string
    readonly accessKeyId: string
    readonly secretAccessKey: string
  } | null
}

const S3_NAMES = [
  'WASL_MEDIA_S3_ENDPOINT',
  'WASL_MEDIA_S3_BUCKET',
  'WASL_MEDIA_S3_KEY_ID',
  'WASL_MEDIA_S3_SECRET',
] as const

export function mediaFaults(values: Values): string[] {
  if (values.WASL_MEDIA_STORE !== 's3') return []
  const missing = S3_NAMES.filter((name) => values[name] === undefined)
  return missing.length === 0 ? [] : [`${missing.join(', ')}: must be set, because WASL_MEDIA_STORE is s3`]
}

export function mediaConfig(values: Values): MediaConfig {
  return {
    kinds: values.WASL_MEDIA_FETCH,
    bytesMax: values.WASL_MEDIA_MB_MAX,
    parallelMax: values.WASL_MEDIA_PARALLEL,
    attemptsMax: values.WASL_MEDIA_ATTEMPTS,
    s3: values.WASL_MEDIA_STORE === 's3' ? s3Place(values) : null,
  }
}

function s3Place(values: Values): MediaConfig['s3'] {
  const [endpoint, bucket, accessKeyId, secretAccessKey] = S3_NAMES.map((name) => values[name] ?? '') as [
    string,
    string,
    string,
    string,
  ]
  return { endpoint, region: values.WASL_MEDIA_S3_REGION, bucket, accessKeyId, secretAccessKey }
}
