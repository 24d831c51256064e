/** The order details of one order that is paid through a gateway, as they are sent. */
export function billOf(reference: string) {
  const amount = { value: 42_500, offset: 100 }
  const parameters = {
    ...{ reference_id: reference, type: 'digital-goods', currency: 'INR', total_amount: amount },
    payment_settings: [{ type: 'payment_gateway', payment_gateway: { type: 'payu', configuration_name: 'shop' } }],
    order: {
      ...{ status: 'pending', items: [{ name: 'Tea', amount, quantity: 1 }], subtotal: amount },
      tax: { value: 0, offset: 100 },
    },
  }
  return {
    ...{ type: 'order_details', body: { text: 'Your order' } },
    action: { name: 'review_and_pay', parameters },
  }
}
