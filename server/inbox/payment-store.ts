import { createHash } from 'node:crypto'
import type { Payment } from '../../contract/payment.ts'
import type { Sql } from '../platform/db.ts'
import type { ChannelPayment } from '../whatsapp/channel-event.ts'
import { canonicalJson, storableJson } from './canonical-json.ts'
import type { OnNumber } from './draft.ts'
import { HOLD_ORDER, TOLD } from './payment-sql.ts'
import { messageJson } from './row-sql.ts'
import type { MessageRow } from './rows.ts'

/** An order of a number. */
export interface OrderKey {
  readonly numberId: string
  readonly reference: string
}

/** Holds those orders until the commit; `keys` in one order, whoever asks. */
export async function holdOrders(sql: Sql, workspaceId: string, keys: readonly OrderKey[]): Promise<void> {
  for (const { numberId, reference } of keys) await sql.query(HOLD_ORDER, [workspaceId, numberId, reference])
}

/** Keeps what was said of payments, also of orders that nobody here knows; the same again changes nothing. */
export async function writePaymentStatuses(
  sql: Sql,
  workspaceId: string,
  told: readonly OnNumber<Pick<ChannelPayment, 'reference' | 'payment' | 'data'>>[],
): Promise<void> {
  await sql.query(
    `insert into payment_status (workspace_id, number_id, reference, digest, payment, data)
     select $1, number_id, reference, decode(digest, 'hex'), payment::jsonb, data::jsonb
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) u(number_id, reference, digest, payment, data)
      order by number_id, reference, digest on conflict do nothing`,
    [
      workspaceId,
      told.map(({ numberId }) => numberId),
      told.map(({ reference }) => reference),
      told.map(({ data }) => createHash('sha256').update(canonicalJson(data)).digest('hex')),
      told.map(({ payment }) => storableJson(payment)),
      told.map(({ data }) => storableJson(data)),
    ],
  )
}

/** An order, the messages that ask for its payment, locked until the commit, and all that was said of it. */
export interface BilledOrder extends OrderKey {
  readonly messages: readonly MessageRow[]
  readonly told: readonly Payment[]
}

/** Those orders, in the order in which they are asked for: every look-up goes by a full key. */
export async function readOrders(sql: Sql, workspaceId: string, keys: readonly OrderKey[]): Promise<BilledOrder[]> {
  const orders: BilledOrder[] = []
  for (const key of keys) {
    const values = [workspaceId, key.numberId, key.reference]
    const messages = await sql.query<{ message: MessageRow }>(BILLED, values)
    const told = await sql.query<{ payment: Payment }>(TOLD, values)
    orders.push({
      ...key,
      messages: messages.rows.map(({ message }) => message),
      told: told.rows.map(({ payment }) => payment),
    })
  }
  return orders
}

const BILLED = `
  select ${messageJson('m')} as message
    from (select message_id from payment_request
           where workspace_id = $1 and number_id = $2 and reference = $3 order by message_id) r
   cross join lateral (
           select * from message where workspace_id = $1 and id = r.message_id offset 0 for no key update) m`

/** Writes what a message shows of its payment. */
export async function writePayment(sql: Sql, workspaceId: string, messageId: string, payment: Payment): Promise<void> {
  await sql.query('update message set payment = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    messageId,
    storableJson(payment),
  ])
}
