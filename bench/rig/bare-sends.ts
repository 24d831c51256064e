import pg from 'pg'
import { openGraph } from '../../server/whatsapp/client.ts'
import type { SendLine } from '../payload/sends.ts'
import type { OwnerConnection } from './owner-connection.ts'
import type { WaslHome } from './wasl.ts'

/** Connections to the database, as many as Wasl's own. */
const CONNECTIONS_MAX = 16

/**
 * How fast the same calls of Graph go with nothing but one row for each: by the same client, as many at once, each row a
 * transaction of its own in the same database. Messages per second; a ceiling, not a rival.
 */
export async function bareSends(
  home: WaslHome,
  { sql }: OwnerConnection,
  { lines, atOnce }: { readonly lines: readonly SendLine[]; readonly atOnce: number },
): Promise<number> {
  await sql.query('create table bare_send (client_id text primary key, wamid text not null, body text not null)')
  const { host, user, database } = sql
  const pool = new pg.Pool({
    host,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    max: CONNECTIONS_MAX,
  })
  const graph = openGraph({ baseUrl: `http://127.0.0.1:${home.graphPort}` })
  let next = 0
  const work = async () => {
    for (let line = lines[next++]; line !== undefined; line = lines[next++]) {
      const { number, phone, clientId, body } = line
      const message = {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: `+${phone}`,
        type: 'text',
        text: { body },
      }
      const answer = await graph.sendMessage('bench-token', number.phoneNumberId, message)
      if (answer.kind !== 'ok') throw new Error(`the bare loop got ${answer.kind}`)
      await pool.query('insert into bare_send values ($1, $2, $3)', [clientId, answer.value.wamid, body])
    }
  }
  const startedAt = performance.now()
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
    return lines.length / ((performance.now() - startedAt) / 1000)
  } finally {
    await pool.end()
  }
}
