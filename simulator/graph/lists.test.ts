import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

test('an account has flows in several states, a catalogue, and products in it', async () => {
  phone = await connectPhone()
  const { wabaId } = phone.loaded
  const flows = (await phone.graph('GET', `${wabaId}/flows?fields=id,name,status`)).json.data
  expect(new Set(flows.map(({ status }: { status: string }) => status))).toEqual(
    new Set(['PUBLISHED', 'DRAFT', 'DEPRECATED']),
  )
  const [catalog] = (await phone.graph('GET', `${wabaId}/product_catalogs`)).json.data
  const page = (await phone.graph('GET', `${catalog.id}/products?fields=retailer_id,name,price&limit=2`)).json
  expect(page.data).toHaveLength(2)
  expect(page.data[0]).toMatchObject({ retailer_id: expect.any(String), name: expect.any(String) })
  expect(page.paging.next).toEqual(expect.any(String))
  expect((await phone.graph('GET', '4711/products')).json.error.code).toBe(100)
})
