import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { callingCode } from '../contract/api/preflight.ts'
import { MEDIA_VARIABLES, type MediaConfig, mediaConfig, mediaFaults } from './config-media.ts'
import { Refusal } from './platform/refusal.ts'

/** Longest and shortest time that raw webhook bodies may be kept, in days. */
const RAW_DAYS_MIN = 1
const RAW_DAYS_MAX = 365
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

export interface Config {
  readonly cloneFolder: string
  /** Absolute. */
  readonly dataFolder: string
  readonly inbox: { readonly host: string; readonly port: number }
  readonly webhook: { readonly host: string; readonly port: number; readonly publicUrl: string | null }
  /** `undefined`: Wasl runs its own PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly meta: MetaApp | undefined
  /** `undefined`: Meta's own, or the simulator's when it runs. */
  readonly graphUrl: string | undefined
  /** Calling codes whose numbers the preflight calls excluded, beside Meta's own list. */
  readonly excludedCountries: readonly string[]
  readonly simulator: { readonly wanted: boolean; readonly port: number }
  /** 32 bytes; `undefined`: the key file in the data folder. */
  readonly secretKey: Buffer | undefined
  readonly media: MediaConfig
  readonly logLevel: string
  readonly rawDays: number
}

export interface MetaApp {
  readonly appId: string
  /** The first signs our calls; a webhook may be signed with any of them, so that a secret can be changed. */
  readonly appSecrets: readonly string[]
  readonly verifyToken: string
  /** `null`: numbers can be connected by ids and token alone, not by Meta's popup. */
  readonly configId: string | null
}

export const META_GRAPH_URL = 'https://graph.facebook.com'

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must be 0–65535')
  .max(65_535, 'must be 0–65535')
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => text.replace(/\/+$/, ''))

interface Variable<S extends z.ZodType = z.ZodType> {
  readonly doc: string
  readonly schema: S
  /** What holds when it is not set, as one would write it. */
  readonly fallback?: string
  readonly secret?: true
}

/** Every variable Wasl reads. `.env.example` is made from this table; nothing else reads the environment. */
export const VARIABLES = {
  WASL_HOST: {
    doc: 'Address the inbox listens on. Only loopback addresses are accepted until sign-in exists.',
    schema: z.enum(LOOPBACK, 'must be a loopback address (127.0.0.1, ::1, localhost): there is no sign-in yet'),
    fallback: '127.0.0.1',
  },
  WASL_PORT: { doc: 'Port of the inbox.', schema: port, fallback: '4780' },
  WASL_WEBHOOK_HOST: {
    doc: 'Address the webhook listener listens on: the only one that may face the internet.',
    schema: z.union([z.ipv4(), z.ipv6(), z.literal('localhost')], 'must be an IP address of this machine'),
    fallback: '127.0.0.1',
  },
  WASL_WEBHOOK_PORT: { doc: 'Port of the webhook listener.', schema: port, fallback: '4781' },
  WASL_PUBLIC_URL: {
    doc: 'Where Meta reaches the webhook listener, e.g. https://hooks.example.com (a tunnel or a reverse proxy).',
    schema: url.optional(),
  },
  WASL_SIMULATOR: {
    doc: 'auto: the simulator runs when there are no Meta credentials. on: always. off: never.',
    schema: z.enum(['auto', 'on', 'off'], 'must be auto, on or off'),
    fallback: 'auto',
  },
  WASL_SIM_PORT: {
    doc: 'Port of the simulator: its Graph API and the pages of phone and customers.',
    schema: port,
    fallback: '4790',
  },
  WASL_DATA_DIR: {
    doc: 'Folder of the embedded database, the key file and what else is kept on disk; a relative one begins at the clone.',
    schema: z.string().min(1),
    fallback: './data',
  },
  DATABASE_URL: {
    doc: 'A PostgreSQL 15 or newer to use instead of the embedded one, e.g. postgresql://wasl:secret@db/wasl.',
    schema: z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgresql://' }).optional(),
    secret: true,
  },
  WASL_META_APP_ID: {
    doc: "Id of your app, from Meta's App Dashboard.",
    schema: z.string().regex(/^\d+$/, 'must be digits').optional(),
  },
  WASL_META_APP_SECRET: {
    doc: 'Secret of the app. Several, comma-separated, while you change it: the first is used, all are accepted.',
    schema: z
      .string()
      .transform((text) => text.split(',').map((secret) => secret.trim()))
      .refine(
        (secrets) => secrets.every((secret) => secret.length >= 16),
        'must have at least 16 characters in each secret',
      )
      .optional(),
    secret: true,
  },
  WASL_META_VERIFY_TOKEN: {
    doc: "The verify token you enter beside the webhook's address in Meta's App Dashboard; choose it yourself.",
    schema: z.string().min(8, 'must have at least 8 characters').optional(),
    secret: true,
  },
  WASL_META_CONFIG_ID: {
    doc: "Id of your Facebook Login for Business configuration for Embedded Signup v4, from Meta's App Dashboard.",
    schema: z.string().regex(/^\d+$/, 'must be digits').optional(),
  },
  WASL_EXCLUDED_COUNTRIES: {
    doc: "Country codes, comma-separated, that the preflight calls excluded beside Meta's own list, e.g. 234,27.",
    schema: z
      .string()
      .transform((text) => text.split(',').map((code) => code.trim().replace(/^\+/, '')))
      .refine(
        (codes) => codes.every((code) => callingCode.safeParse(code).success),
        'must be country codes, e.g. 234,27',
      )
      .transform((codes): readonly string[] => [...new Set(codes)])
      .optional(),
  },
  WASL_GRAPH_URL: {
    doc: `Graph API to call. Left empty: ${META_GRAPH_URL}, or the simulator while it runs.`,
    schema: url.optional(),
  },
  WASL_SECRET_KEY: {
    doc: 'Key that seals tokens in the database: 32 bytes as 64 hex digits. Left empty: a key file in the data folder.',
    schema: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hex digits (openssl rand -hex 32)')
      .transform((hex) => Buffer.from(hex, 'hex'))
      .optional(),
    secret: true,
  },
  ...MEDIA_VARIABLES,
  WASL_LOG_LEVEL: {
    doc: 'trace, debug, info, warn, error or silent.',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'must be trace, debug, info, warn, error or silent',
    ),
    fallback: 'info',
  },
  WASL_RAW_DAYS: {
    doc: 'How many days the bodies of webhooks are kept as they came.',
    schema: z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(RAW_DAYS_MIN, `must be ${RAW_DAYS_MIN}–${RAW_DAYS_MAX}`)
      .max(RAW_DAYS_MAX, `must be ${RAW_DAYS_MIN}–${RAW_DAYS_MAX}`),
    fallback: '30',
  },
} as const satisfies Record<string, Variable>

type Values = { [K in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[K]['schema']> }

/**
 * The configuration from the environment and from `.env` in the clone's folder (the environment wins).
 * Throws one `Refusal` that lists every fault.
 */
export function readConfig(cloneFolder: string): Config {
  const file = join(cloneFolder, '.env')
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return configFrom({ ...written, ...process.env }, cloneFolder)
}

/** The same from a given environment. Variables set to nothing count as not set. */
export function configFrom(environment: Readonly<Record<string, string | undefined>>, cloneFolder: string): Config {
  const faults: string[] = []
  const givenAs = (name: string) => environment[name]?.trim() || undefined
  const entries = Object.entries<Variable>(VARIABLES).map(([name, variable]) => {
    const given = givenAs(name)
    const result = variable.schema.safeParse(given ?? variable.fallback)
    if (result.success) return [name, result.data] as const
    const shown = variable.secret === true ? 'the value' : JSON.stringify(given)
    faults.push(`${name}: ${shown} ${result.error.issues.map((issue) => issue.message).join(', ')}`)
    return [name, undefined] as const
  })
  const values = Object.fromEntries(entries) as Values
  faults.push(...faultsBetween(values, (name) => givenAs(name) !== undefined))
  if (faults.length > 0)
    throw new Refusal(
      `The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
  return configOf(values, cloneFolder)
}

/** `.env.example`: every variable with what it is for; all commented out, because the defaults work. */
export function envExample(): string {
  const blocks = Object.entries<Variable>(VARIABLES).map(
    ([name, variable]) => `# ${variable.doc}\n# ${name}=${variable.fallback ?? ''}\n`,
  )
  return `# Made by \`bin/wasl env-example\`. Copy to .env and change what you need; everything may be left out.\n\n${blocks.join('\n')}`
}

const META_NAMES = ['WASL_META_APP_ID', 'WASL_META_APP_SECRET', 'WASL_META_VERIFY_TOKEN'] as const

/** Faults of several together; one that is given and wrong has been told already, and is not missing. */
function faultsBetween(values: Values, isGiven: (name: string) => boolean): string[] {
  const faults: string[] = []
  const missing = META_NAMES.filter((name) => !isGiven(name))
  if (missing.length > 0 && missing.length < META_NAMES.length) {
    faults.push(`${missing.join(', ')}: must be set too, because the other Meta credentials are`)
  }
  if (missing.length === META_NAMES.length && values.WASL_SIMULATOR === 'off') {
    faults.push(
      'WASL_SIMULATOR: "off" needs Meta credentials (WASL_META_APP_ID and the others), or nothing could come in',
    )
  }
  faults.push(...mediaFaults(values))
  const ports = ['WASL_PORT', 'WASL_WEBHOOK_PORT', 'WASL_SIM_PORT'] as const
  for (const [at, name] of ports.entries()) {
    const other = ports.slice(0, at).find((earlier) => values[earlier] !== 0 && values[earlier] === values[name])
    if (other !== undefined && values[name] !== undefined)
      faults.push(`${name}: ${values[name]} is also the port of ${other}`)
  }
  return faults
}

function configOf(values: Values, cloneFolder: string): Config {
  const { WASL_META_APP_ID: appId, WASL_META_APP_SECRET: appSecrets, WASL_META_VERIFY_TOKEN: verifyToken } = values
  const configId = values.WASL_META_CONFIG_ID ?? null
  const meta = appId && appSecrets && verifyToken ? { appId, appSecrets, verifyToken, configId } : undefined
  return {
    cloneFolder,
    dataFolder: resolve(cloneFolder, values.WASL_DATA_DIR),
    inbox: { host: values.WASL_HOST, port: values.WASL_PORT },
    webhook: {
      host: values.WASL_WEBHOOK_HOST,
      port: values.WASL_WEBHOOK_PORT,
      publicUrl: values.WASL_PUBLIC_URL ?? null,
    },
    databaseUrl: values.DATABASE_URL,
    meta,
    graphUrl: values.WASL_GRAPH_URL,
    excludedCountries: values.WASL_EXCLUDED_COUNTRIES ?? [],
    simulator: {
      wanted: values.WASL_SIMULATOR === 'on' || (values.WASL_SIMULATOR === 'auto' && meta === undefined),
      port: values.WASL_SIM_PORT,
    },
    secretKey: values.WASL_SECRET_KEY,
    media: mediaConfig(values),
    logLevel: values.WASL_LOG_LEVEL,
    rawDays: values.WASL_RAW_DAYS,
  }
}
