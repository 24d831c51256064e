import { createHash } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { dropPicture, putPicture, readPictureSource } from './picture-store.ts'
import { writeSquare } from './write-square.ts'

/** Pixels on each side of what is kept. */
const SIDE_PX = 256

export interface KeepPictureDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'fetchPicture'>
}

/**
 * Keeps the picture that Meta's answer names, small and written anew, so that no browser of the team ever asks Meta's
 * servers for it. The same picture is fetched once, whatever signature its address has today.
 */
export async function keepPicture(
  deps: KeepPictureDeps,
  workspaceId: string,
  numberId: string,
  address: string | null,
): Promise<void> {
  const { database } = deps
  if (address === null) {
    return inWorkspace(database, workspaceId, (sql) => dropPicture(sql, workspaceId, numberId))
  }
  const source = createHash('sha256').update(unsigned(address)).digest()
  const known = await readWorkspace(database, workspaceId, (sql) => readPictureSource(sql, workspaceId, numberId))
  if (known?.kept === true && known.source.equals(source)) return
  const bytes = await deps.graph.fetchPicture(address)
  const webp = bytes === null ? null : await writeSquare(bytes, SIDE_PX, 'webp')
  const now = new Date(deps.clock.nowMs())
  await inWorkspace(database, workspaceId, (sql) => putPicture(sql, workspaceId, numberId, { source, webp, now }))
}

/** Meta signs the address anew each time; the path names the picture. */
function unsigned(address: string): string {
  return address.split('?', 1)[0] ?? address
}
