/** A few ready-made texts, as Meta's template library has them: approved at once. */
export const LIBRARY: readonly {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly topic: string
  readonly usecase: string
  readonly industry: readonly string[]
  readonly body: string
}[] = [
  {
    name: 'shipment_confirmation_1',
    language: 'en_US',
    category: 'UTILITY',
    topic: 'ORDER_MANAGEMENT',
    usecase: 'SHIPMENT_CONFIRMATION',
    industry: ['E_COMMERCE'],
    body: 'Good news {{1}}, your order {{2}} has been shipped and will be with you soon.',
  },
  {
    name: 'appointment_reminder_1',
    language: 'en_US',
    category: 'UTILITY',
    topic: 'EVENT_REMINDER',
    usecase: 'APPOINTMENT_REMINDER',
    industry: ['E_COMMERCE'],
    body: 'Hello {{1}}, this is a reminder of your appointment on {{2}}. We look forward to seeing you.',
  },
  {
    name: 'delivery_update_1',
    language: 'ar',
    category: 'UTILITY',
    topic: 'ORDER_MANAGEMENT',
    usecase: 'DELIVERY_UPDATE',
    industry: ['E_COMMERCE'],
    body: 'مرحبا {{1}}، سيصل طلبك رقم {{2}} اليوم بإذن الله.',
  },
]
