import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** Never in a log, wherever in an object they stand up to three levels deep. */
const SECRET_NAMES = [
  'access_token',
  'accessToken',
  'appSecret',
  'appSecrets',
  'app_secret',
  'authorization',
  'client_secret',
  'cookie',
  'password',
  'secretKey',
  'verifyToken',
  'connectionString',
]
const HEADERS = ['["x-hub-signature-256"]', '["set-cookie"]']

/** JSON lines to standard output; secrets are cut out by name. */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  const names = [...SECRET_NAMES, ...HEADERS]
  const paths = names.flatMap((name) => {
    const dotted = name.startsWith('[') ? name : `.${name}`
    return [dotted.replace(/^\./, ''), `*${dotted}`, `*.*${dotted}`]
  })
  return pino(
    { level: options.level, base: null, serializers: { err: describeError }, redact: { paths, censor: '[cut]' } },
    ...(options.destination === undefined ? [] : [options.destination]),
  )
}

/**
 * What is worth reading of an error. Libraries hang whole connections on theirs, with everything that ever went over
 * them; of an error's own fields only these are taken.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, detail, table, constraint } = error as Error & Record<string, unknown>
  const known = { type: error.name, message: error.message, stack: error.stack, code, detail, table, constraint }
  return error.cause === undefined ? known : { ...known, cause: describeError(error.cause) }
}
