import type { ReactNode } from 'react'
import type { Message } from '../../../../contract/message.ts'
import { CallPermissionContent, ChoiceContent, FormReplyContent } from './answers.tsx'
import { CallLine } from './call.tsx'
import { CardsContent } from './cards.tsx'
import { LocationContent } from './location.tsx'
import { MediaContentView } from './media.tsx'
import { PlaceholderContent, UnrecognisedContent, UnsupportedContent } from './not-shown.tsx'
import { InteractiveContent } from './offers.tsx'
import { OrderContent } from './order.tsx'
import { TemplateContent } from './template.tsx'
import { WrittenText } from './written-text.tsx'

/** What a message holds, by its type. */
export function Content({ message }: { readonly message: Message }): ReactNode {
  const { content } = message
  switch (content.type) {
    case 'text':
      return <WrittenText text={content.body} />
    case 'image':
    case 'sticker':
    case 'video':
    case 'audio':
    case 'document':
      return <MediaContentView message={message} content={content} />
    case 'location':
      return <LocationContent content={content} />
    case 'contacts':
      return <CardsContent content={content} />
    case 'order':
      return <OrderContent content={content} />
    case 'choice':
      return <ChoiceContent content={content} />
    case 'form_reply':
      return <FormReplyContent content={content} />
    case 'call_permission':
      return <CallPermissionContent content={content} />
    case 'interactive':
      return <InteractiveContent content={content} />
    case 'template':
      return <TemplateContent content={content} />
    case 'media_placeholder':
      return <PlaceholderContent message={message} />
    case 'unsupported':
      return <UnsupportedContent content={content} />
    case 'system':
      return <span dir="auto">{content.body}</span>
    case 'call':
      return <CallLine content={content} />
    case 'unrecognised':
      return <UnrecognisedContent content={content} />
    default:
      return content satisfies never
  }
}
