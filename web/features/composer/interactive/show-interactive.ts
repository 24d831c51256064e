import type { InteractiveContent } from '../../../../contract/message-content.ts'
import type { Interactive } from './compose-draft.ts'

/** How the thread shows it until the server has answered. */
export function showInteractive(interactive: Interactive): InteractiveContent {
  const { header, body, footer } = interactive as {
    header?: { text?: string }
    body?: { text: string }
    footer?: { text: string }
  }
  return {
    ...{ type: 'interactive', kind: interactive.type, buttons: buttonsOf(interactive), sent: interactive },
    ...(header?.text === undefined ? {} : { header: header.text }),
    ...(body === undefined ? {} : { body: body.text }),
    ...(footer === undefined ? {} : { footer: footer.text }),
  }
}

/** What can be pressed below the text. */
export function buttonsOf(interactive: Interactive): readonly string[] {
  switch (interactive.type) {
    case 'button':
      return interactive.action.buttons.map(({ reply }) => reply.title)
    case 'list':
      return [interactive.action.button]
    case 'cta_url':
      return [interactive.action.parameters.display_text]
    case 'flow':
      return [interactive.action.parameters.flow_cta]
    case 'location_request_message':
    case 'request_contact_info':
    case 'address_message':
    case 'product':
    case 'product_list':
    case 'catalog_message':
    case 'carousel':
    case 'order_details':
    case 'order_status':
      return []
    default:
      return interactive satisfies never
  }
}
