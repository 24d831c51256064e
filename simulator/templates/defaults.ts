import { graphId } from '../accounts/ids.ts'
import type { World } from '../world.ts'
import type { Template } from './template.ts'

/** Templates that every account has from the start, approved. */
export function defaultTemplates(world: World): Template[] {
  return DEFAULTS.map((row) => ({
    id: graphId(world.chance),
    parameterFormat: 'POSITIONAL',
    rejectedReason: 'NONE',
    qualityScore: 'GREEN',
    editsMs: [],
    status: 'APPROVED',
    ...row,
  }))
}

const DEFAULTS: readonly Pick<Template, 'name' | 'language' | 'category' | 'components'>[] = [
  {
    name: 'hello_world',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
      {
        type: 'BODY',
        text: 'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification.',
      },
      { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
    ],
  },
  {
    name: 'order_update',
    language: 'en',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Hello {{1}}, your order {{2}} is on its way.', example: { body_text: [['Sam', '1001']] } },
    ],
  },
  {
    name: 'order_update',
    language: 'ar',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'مرحبا {{1}}، طلبك {{2}} في الطريق إليك.', example: { body_text: [['نورة', '1001']] } },
    ],
  },
  {
    name: 'new_arrivals',
    language: 'en',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Hello {{1}}, our new collection is here.', example: { body_text: [['Sam']] } },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Show me' },
          { type: 'QUICK_REPLY', text: 'Stop' },
        ],
      },
    ],
  },
]
