import { FileText, ImageIcon, LayoutTemplate, type LucideIcon, MapPin, Video } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TemplateContent as Template } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { WrittenText } from './written-text.tsx'

const HEADER_ICONS: Readonly<Record<string, LucideIcon>> = {
  image: ImageIcon,
  video: Video,
  document: FileText,
  location: MapPin,
}

/** A template of ours as the customer reads it, and which it was. */
export function TemplateContent({ content }: { readonly content: Template }): ReactNode {
  const t = useT()
  const { header, footer, buttons = [] } = content
  return (
    <div>
      <Header content={content} />
      {header !== undefined && (
        <p dir="auto" className="font-semibold">
          {header}
        </p>
      )}
      {content.body !== undefined && <WrittenText text={content.body} />}
      {footer !== undefined && (
        <p dir="auto" className="text-sm text-ink-3">
          {footer}
        </p>
      )}
      {buttons.length > 0 && (
        <ul aria-label={t('interactive.buttons')} className="mt-2 flex flex-wrap gap-1.5">
          {buttons.map((button, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons of one message never change their order
              key={`${index} ${button}`}
              dir="auto"
              className="rounded-full border border-line-strong px-2.5 text-sm text-ink-2"
            >
              {button}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-0.5 flex items-center gap-1.5 text-xs text-ink-3">
        <LayoutTemplate aria-hidden="true" className="size-3.5" />
        {t('template.named')}
        <span className="num">{`${content.name} (${content.language})`}</span>
      </p>
    </div>
  )
}

/** The picture above the text where Wasl keeps it, else what stands there. */
function Header({ content }: { readonly content: Template }): ReactNode {
  const { headerKind, sampleId } = content
  if (headerKind === undefined) return null
  if (headerKind === 'image' && sampleId !== undefined) {
    return (
      <img
        src={`/api/v1/templates/samples/${sampleId}`}
        alt=""
        className="mb-1.5 block h-40 w-full min-w-48 rounded-sm bg-hover object-cover"
      />
    )
  }
  const Icon = HEADER_ICONS[headerKind] ?? FileText
  return (
    <div className="mb-1.5 grid h-20 min-w-48 place-items-center rounded-sm bg-plain-soft text-ink-3">
      <Icon aria-hidden="true" className="size-6" />
    </div>
  )
}
