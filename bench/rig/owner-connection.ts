import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { BenchNumber } from '../payload/webhook.ts'
import type { WaslHome } from './wasl.ts'

const POLL_MS = 10
const PROJECTED_WAIT_MS_MAX = 600_000

/** The embedded PostgreSQL of a Wasl that runs: its folder, and a connection as the owner of the tables. */
export interface OwnerConnection {
  readonly sql: pg.Client
  /** PGDATA: PostgreSQL can write files here. */
  readonly cluster: string
}

/** Line of `postmaster.pid` that holds the socket's folder. Source: src/include/utils/pidfile.h of PostgreSQL. */
const SOCKET_FOLDER_LINE = 4

export async function connectAsOwner(home: WaslHome): Promise<OwnerConnection> {
  const pointer = join(home.dataFolder, 'postgres-folder')
  const parent = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : home.dataFolder
  const cluster = join(parent, 'postgres')
  const socketFolder = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[SOCKET_FOLDER_LINE]
  const sql = new pg.Client({ host: socketFolder, user: 'wasl', database: 'wasl' })
  sql.on('error', () => {
    // Ends with the server; whoever uses it next sees it.
  })
  await sql.connect()
  return { sql, cluster }
}

/**
 * Puts a connected number into Wasl, for benches only: onboarding needs Meta or the simulator, and neither shall run
 * beside the measured server. The rows are those that onboarding leaves behind. A number sends only with a token.
 */
export async function registerNumber(
  owner: OwnerConnection,
  number: BenchNumber,
  state: 'live' | 'syncing',
  sealToken: ((workspaceId: string, numberId: string) => Buffer) | null = null,
  mode: 'coexistence' | 'api_only' = 'coexistence',
): Promise<void> {
  const { sql } = owner
  const at = new Date()
  const { rows } = await sql.query<{ id: string }>('select id from workspace')
  const workspaceId = rows[0]?.id
  if (workspaceId === undefined) throw new Error('Wasl made no workspace at its start')
  const numberId = `01930000-0000-7000-8000-${number.phoneNumberId.slice(-12).padStart(12, '0')}`
  await sql.query('begin')
  await sql.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     values ($1, $2, $3, $4, $5, $6, 'Bench', $9, $7, $8)`,
    [workspaceId, numberId, number.wabaId, number.phoneNumberId, number.phone, `+${number.phone}`, state, at, mode],
  )
  await sql.query(
    'insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)',
    [number.phoneNumberId, number.wabaId, workspaceId, numberId],
  )
  for (const kind of ['contacts', 'history']) {
    await sql.query(
      'insert into sync (workspace_id, number_id, kind, state, request_id, asked_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)',
      [workspaceId, numberId, kind, state === 'live' ? 'complete' : 'asked', `bench-${kind}`, at],
    )
  }
  if (sealToken !== null) {
    await sql.query(
      "insert into number_secret (workspace_id, number_id, kind, sealed, created_at) values ($1, $2, 'access_token', $3, $4)",
      [workspaceId, numberId, sealToken(workspaceId, numberId), at],
    )
  }
  await sql.query('commit')
}

/** Waits until no stored delivery waits to be projected. */
export async function untilProjected(owner: OwnerConnection): Promise<void> {
  const until = performance.now() + PROJECTED_WAIT_MS_MAX
  while (performance.now() < until) {
    const { rows } = await owner.sql.query<{ waiting: boolean }>(
      'select exists (select from delivery_queue) as waiting',
    )
    if (rows[0]?.waiting === false) return
    await pause(POLL_MS)
  }
  throw new Error(`deliveries are still waiting after ${PROJECTED_WAIT_MS_MAX} ms`)
}
