import { Copy, ExternalLink, FileText, ImageIcon, type LucideIcon, MapPin, Phone, Reply, Video } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CodePreview } from '../../../contract/api/templates.ts'
import {
  componentOf,
  fillVariables,
  keptSampleOf,
  type TemplateButton,
  type TemplateComponent,
  type TemplateWording,
} from '../../../contract/template.ts'
import { sampleOf } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { RichText } from '../../ui/rich-text.tsx'

interface PreviewProps {
  readonly wording: TemplateWording
  readonly language: string
  /** What fills a gap, by the key of its input; the samples otherwise. */
  readonly values?: Readonly<Record<string, string | undefined>>
  /** The file that stands in a header, by the key of its input, when it is not the sample. */
  readonly files?: Readonly<Record<string, string | undefined>>
  /** What WhatsApp writes itself in a one-time password; ours stands there while it is not known. */
  readonly fixed?: CodePreview | null
}

/** A template as the customer's phone shows it, in the direction of its language. */
export function TemplatePreview({ wording, language, values = {}, files = {}, fixed = null }: PreviewProps): ReactNode {
  const t = useT()
  const rtl = /^(ar|he|fa|ur)(_|$)/.test(language)
  const { components } = fixed === null ? wording : withFixed(wording, fixed)
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? []
  return (
    <section
      aria-label={t('template.preview')}
      data-testid="template-preview"
      className="rounded-md border border-line bg-hover p-4"
    >
      <div dir={rtl ? 'rtl' : 'ltr'} lang={language.replace('_', '-')} className="mx-auto flex max-w-80 flex-col gap-2">
        <Bubble
          components={components}
          secret={wording.category === 'AUTHENTICATION' && fixed === null}
          {...{ values, files, at: '' }}
        />
        {cards.length > 0 && (
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: cards beside each other are scrolled by key
            tabIndex={0}
            aria-label={t('template.cards')}
            className="flex gap-2 overflow-x-auto pb-1"
          >
            {cards.map((card, index) => (
              <div key={`card ${String(index)}`} className="w-56 flex-none">
                <Bubble components={card.components} secret={false} {...{ values, files, at: `card.${index}.` }} />
              </div>
            ))}
          </section>
        )}
      </div>
    </section>
  )
}

/** The components with WhatsApp's own texts, and a code in place of the variable. */
function withFixed({ components }: TemplateWording, fixed: CodePreview): { components: TemplateComponent[] } {
  const others = components.filter(({ type }) => type !== 'BODY' && type !== 'FOOTER' && type !== 'BUTTONS')
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? []
  return {
    components: [
      ...others,
      { type: 'BODY', text: fixed.body, example: { body_text: [['123456']] } },
      ...(fixed.footer === null ? [] : [{ type: 'FOOTER', text: fixed.footer }]),
      {
        type: 'BUTTONS',
        buttons: buttons.map((button) => ({ ...button, ...(fixed.button === null ? {} : { text: fixed.button }) })),
      },
    ],
  }
}

function Bubble({
  components,
  secret,
  values,
  files,
  at,
}: {
  readonly components: readonly TemplateComponent[]
  readonly secret: boolean
  readonly values: Readonly<Record<string, string | undefined>>
  readonly files: Readonly<Record<string, string | undefined>>
  readonly at: string
}): ReactNode {
  const t = useT()
  const header = componentOf(components, 'HEADER')
  const body = componentOf(components, 'BODY')
  const footer = componentOf(components, 'FOOTER')
  const offer = componentOf(components, 'LIMITED_TIME_OFFER')?.limited_time_offer
  const words = secret ? t('template.codeWords', { code: values.code || '123456' }) : bodyWords(body, values, at)
  const minutes = footer?.code_expiration_minutes
  const foot = minutes === undefined ? footer?.text : t('template.codeExpires', { minutes })
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface shadow-xs">
      {header !== undefined && <Header header={header} values={values} file={files[`${at}header`]} at={at} />}
      {offer !== undefined && (
        <p dir="auto" className="border-b border-line bg-note-soft px-3 py-1.5 text-sm font-medium text-note">
          {offer.text}
        </p>
      )}
      <div className="px-3 py-2">
        <p dir="auto" className="min-h-6 whitespace-pre-wrap [overflow-wrap:anywhere]" data-testid="preview-body">
          <RichText text={words} />
          {secret && body?.add_security_recommendation === true && ` ${t('template.codeSecret')}`}
        </p>
        {foot !== undefined && (
          <p dir="auto" className="mt-1 text-sm text-ink-3">
            {foot}
          </p>
        )}
      </div>
      <Buttons buttons={componentOf(components, 'BUTTONS')?.buttons ?? []} />
    </div>
  )
}

function bodyWords(
  body: TemplateComponent | undefined,
  values: Readonly<Record<string, string | undefined>>,
  at: string,
): string {
  if (body === undefined) return ''
  return fillVariables(body.text ?? '', (name) => values[`${at}body.${name}`] || sampleOf(body, name))
}

const HEADER_ICONS: Readonly<Record<string, LucideIcon>> = {
  IMAGE: ImageIcon,
  VIDEO: Video,
  DOCUMENT: FileText,
  LOCATION: MapPin,
}

function Header({
  header,
  values,
  file,
  at,
}: {
  readonly header: TemplateComponent
  readonly values: Readonly<Record<string, string | undefined>>
  readonly file: string | undefined
  readonly at: string
}): ReactNode {
  const format = header.format ?? 'TEXT'
  if (format === 'TEXT') {
    const { header_text: texts, header_text_named_params: named } = header.example ?? {}
    const shown = fillVariables(
      header.text ?? '',
      (name) => values[`${at}header.${name}`] || named?.[0]?.example || texts?.[0],
    )
    return (
      <p dir="auto" className="px-3 pt-2 font-semibold">
        {shown}
      </p>
    )
  }
  const sample = file ?? keptSampleOf(header)
  const Icon = HEADER_ICONS[format] ?? FileText
  if (sample !== null && format === 'IMAGE') {
    return (
      <img src={`/api/v1/templates/samples/${sample}`} alt="" className="block max-h-48 w-full bg-hover object-cover" />
    )
  }
  return (
    <div className="grid h-32 place-items-center bg-plain-soft text-ink-3">
      <Icon aria-hidden="true" className="size-8" />
    </div>
  )
}

const BUTTON_ICONS: Readonly<Record<string, LucideIcon>> = {
  URL: ExternalLink,
  PHONE_NUMBER: Phone,
  VOICE_CALL: Phone,
  COPY_CODE: Copy,
  OTP: Copy,
}

function Buttons({ buttons }: { readonly buttons: readonly TemplateButton[] }): ReactNode {
  const t = useT()
  return (
    <ul>
      {buttons.map((button, index) => {
        const Icon = BUTTON_ICONS[button.type] ?? Reply
        const fixed = button.type === 'COPY_CODE' || button.type === 'OTP'
        return (
          <li
            key={`button ${String(index)}`}
            className="flex items-center justify-center gap-1.5 border-t border-line px-3 py-2 text-read"
          >
            <Icon aria-hidden="true" className="size-4 flex-none" />
            <bdi>{fixed ? button.text || t('template.copyCode') : button.text}</bdi>
          </li>
        )
      })}
    </ul>
  )
}
