import { billedReference, type Payment } from '../../contract/payment.ts'
import { storableText } from '../inbox/canonical-json.ts'
import { foldPayments } from '../inbox/fold-payment.ts'
import { HOLD_ORDER, TOLD } from '../inbox/payment-sql.ts'
import type { MessageRow } from '../inbox/rows.ts'
import type { Sql } from '../platform/db.ts'

/**
 * Notes that a message which was taken just now asks for a payment, and gives what Meta has said of that order already: it
 * may have been billed before, or by another program. `null`: it asks for none, or nothing was said.
 */
export async function noteRequest(
  sql: Sql,
  workspaceId: string,
  { id, numberId, content }: Pick<MessageRow, 'id' | 'numberId' | 'content'>,
): Promise<Payment | null> {
  const billed = billedReference(content)
  if (billed === null) return null
  const reference = storableText(billed)
  const order = [workspaceId, numberId, reference]
  await sql.query(HOLD_ORDER, order)
  await sql.query(
    `insert into payment_request (workspace_id, number_id, reference, message_id) values ($1, $2, $3, $4)
         on conflict do nothing`,
    [...order, id],
  )
  const { rows } = await sql.query<{ payment: Payment }>(TOLD, order)
  const payment = foldPayments(rows.map((row) => row.payment))
  if (payment === null) return null
  await sql.query('update message set payment = $3 where workspace_id = $1 and id = $2', [workspaceId, id, payment])
  return payment
}
