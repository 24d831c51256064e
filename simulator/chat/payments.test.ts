import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const GATEWAY = { type: 'payment_gateway', payment_gateway: { type: 'razorpay', configuration_name: 'shop' } }
const LINK = { type: 'payment_link', payment_link: { uri: 'https://pay.example.com/1' } }

/** The business bills an order; gives the wamid. */
async function bill(setting: object): Promise<string> {
  const amount = { value: 42_500, offset: 100 }
  const parameters = {
    ...{ reference_id: 'order-1', type: 'digital-goods', currency: 'INR', total_amount: amount },
    payment_settings: [setting],
    order: {
      status: 'pending',
      items: [{ name: 'Tea', amount, quantity: 1 }],
      subtotal: amount,
      tax: { value: 0, offset: 100 },
    },
  }
  await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'The bill, please' } })
  const { json } = await phone.send({
    ...{ to: '966511111111', type: 'interactive' },
    interactive: {
      type: 'order_details',
      body: { text: 'Your order' },
      action: { name: 'review_and_pay', parameters },
    },
  })
  return json.messages[0].id
}

const payments = () =>
  phone.receiver
    .changes('messages')
    .flatMap((change) => change.value.statuses ?? [])
    .filter((status) => status.type === 'payment')
const pay = (wamid: string, outcome: string) => phone.act('c1', { by: 'customer', do: 'pay', wamid, outcome })
const shown = async (wamid: string) =>
  (await phone.control<{ wamid: string; payment: string }[]>('GET', `/numbers/${phone.numberId}/chats/c1`)).find(
    (entry) => entry.wamid === wamid,
  )?.payment

test('a customer begins to pay, fails, and pays with another transaction; each is told once', async () => {
  phone = await connectPhone()
  const wamid = await bill(GATEWAY)
  for (const outcome of ['pending', 'failed', 'captured']) {
    expect(await pay(wamid, outcome)).toEqual({ wamid })
    expect(await shown(wamid)).toBe(outcome)
    await phone.advance(60_000)
  }
  const told = payments()
  expect(told.map(({ status }) => status)).toEqual(['pending', 'failed', 'captured'])
  expect(told[1]).toMatchObject({
    ...{ type: 'payment', recipient_id: '966511111111' },
    payment: {
      ...{ reference_id: 'order-1', amount: { value: 42_500, offset: 100 }, currency: 'INR' },
      transaction: { type: 'razorpay', status: 'failed', error: { reason: expect.any(String) } },
    },
  })
  const [begun, failed, paid] = told.map((one) => one.payment.transaction.id)
  expect([failed === begun, paid === begun]).toEqual([true, false])
  expect(told.map(({ id }) => id)).not.toContain(wamid)
  expect((await pay(wamid, 'failed')).error).toBe('It is paid already.')
})

test('of what is paid by a link Meta tells nothing: the gateway does', async () => {
  phone = await connectPhone()
  const wamid = await bill(LINK)
  await pay(wamid, 'captured')
  await phone.advance(60_000)
  expect(await shown(wamid)).toBe('captured')
  expect(payments()).toEqual([])
})

test('what asks for nothing cannot be paid, and the owner does not pay', async () => {
  phone = await connectPhone()
  const { wamid } = await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'text', body: 'Hello' } })
  expect((await pay(wamid, 'captured')).error).toBe('There is nothing to pay in this message.')
  expect((await pay(wamid, 'paid')).error).toMatch(/^outcome is one of/)
  const act = await phone.act('c1', { by: 'phone', do: 'pay', wamid, outcome: 'captured' })
  expect(act.error).toBe('Only customers pay.')
})
