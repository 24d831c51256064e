import { FileText, ImageIcon, List, type LucideIcon, ShoppingBag, Video } from 'lucide-react'
import type { ReactNode } from 'react'
import { type MessageKey, useT } from '../../../app/language.ts'
import { RichText } from '../../../ui/rich-text.tsx'
import type { Interactive } from './compose-draft.ts'
import type { InteractiveKind } from './draft.ts'
import { KIND_ICONS } from './kinds.ts'
import { buttonsOf } from './show-interactive.ts'

/** The phone writes these buttons itself, in the customer's language. */
const PHONE_BUTTONS: Partial<Record<InteractiveKind, MessageKey>> = {
  location_request_message: 'build.phone.location',
  request_contact_info: 'build.phone.contact',
  address_message: 'build.phone.address',
  product: 'build.phone.product',
  product_list: 'build.phone.products',
  catalog_message: 'build.phone.catalog',
  order_details: 'build.phone.pay',
  order_status: 'build.phone.order',
}

/** A message with choices as the customer's phone shows it. Files are the samples that Wasl keeps. */
export function InteractivePreview({ interactive }: { readonly interactive: Interactive }): ReactNode {
  const t = useT()
  return (
    <section
      aria-label={t('template.preview')}
      data-testid="interactive-preview"
      className="rounded-md border border-line bg-hover p-4"
    >
      <div className="mx-auto flex max-w-80 flex-col gap-2">
        <Bubble interactive={interactive} />
        {interactive.type === 'list' && <Rows sections={interactive.action.sections} />}
        {interactive.type === 'carousel' && <Cards cards={interactive.action.cards} />}
      </div>
    </section>
  )
}

function Bubble({ interactive }: { readonly interactive: Interactive }): ReactNode {
  const t = useT()
  const { header, body, footer } = interactive as {
    readonly header?: HeaderPart
    readonly body?: { readonly text: string }
    readonly footer?: { readonly text: string }
  }
  const own = PHONE_BUTTONS[interactive.type]
  const buttons = own === undefined ? buttonsOf(interactive) : [t(own)]
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface shadow-xs">
      {header !== undefined && <Header header={header} />}
      <Goods interactive={interactive} />
      <div className="px-3 py-2">
        <p dir="auto" className="min-h-6 whitespace-pre-wrap [overflow-wrap:anywhere]" data-testid="preview-body">
          <RichText text={body?.text ?? ''} />
        </p>
        {footer !== undefined && (
          <p dir="auto" className="mt-1 text-sm text-ink-3">
            {footer.text}
          </p>
        )}
      </div>
      <Pressed labels={buttons} Icon={interactive.type === 'list' ? List : KIND_ICONS[interactive.type]} />
    </div>
  )
}

type HeaderPart = { readonly type: string; readonly text?: string } & Readonly<Record<string, unknown>>
const FILE_ICONS: Readonly<Record<string, LucideIcon>> = { image: ImageIcon, video: Video, document: FileText }

function Header({ header }: { readonly header: HeaderPart }): ReactNode {
  if (header.type === 'text') {
    return (
      <p dir="auto" className="min-h-6 px-3 pt-2 font-semibold">
        {header.text}
      </p>
    )
  }
  const { id = '' } = (header[header.type] ?? {}) as { readonly id?: string }
  if (header.type === 'image' && id !== '') {
    return (
      <img src={`/api/v1/templates/samples/${id}`} alt="" className="block max-h-48 w-full bg-hover object-cover" />
    )
  }
  const Icon = FILE_ICONS[header.type] ?? FileText
  return (
    <div className="grid h-28 place-items-center bg-plain-soft text-ink-3">
      <Icon aria-hidden="true" className="size-8" />
    </div>
  )
}

/** Products are the catalogue's: the phone fetches their pictures and prices, here stand their ids. */
function Goods({ interactive }: { readonly interactive: Interactive }): ReactNode {
  const ids = goodsOf(interactive)
  if (ids.length === 0) return null
  return (
    <ul className="border-b border-line bg-plain-soft px-3 py-2 text-sm">
      {ids.map((id, index) => (
        <li key={`${String(index)} ${id}`} className="flex items-center gap-2">
          <ShoppingBag aria-hidden="true" className="size-4 flex-none text-ink-3" />
          <bdi dir="ltr">{id}</bdi>
        </li>
      ))}
    </ul>
  )
}

function goodsOf(interactive: Interactive): readonly string[] {
  if (interactive.type === 'product') return [interactive.action.product_retailer_id]
  if (interactive.type === 'catalog_message') {
    const { parameters } = interactive.action
    return parameters === undefined ? [] : [parameters.thumbnail_product_retailer_id]
  }
  if (interactive.type !== 'product_list') return []
  return interactive.action.sections.flatMap((section) => section.product_items.map((one) => one.product_retailer_id))
}

function Pressed({ labels, Icon }: { readonly labels: readonly string[]; readonly Icon: LucideIcon }): ReactNode {
  return (
    <ul>
      {labels.map((label, index) => (
        <li
          key={`button ${String(index)}`}
          className="flex min-h-9 items-center justify-center gap-1.5 border-t border-line px-3 py-2 text-read"
        >
          <Icon aria-hidden="true" className="size-4 flex-none" />
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  )
}

type Sections = Extract<Interactive, { readonly type: 'list' }>['action']['sections']

/** What opens when the list's button is pressed. */
function Rows({ sections }: { readonly sections: Sections }): ReactNode {
  const t = useT()
  return (
    <section aria-label={t('build.opened')} className="rounded-md border border-line bg-surface py-1 shadow-xs">
      {sections.map((section, index) => (
        <div key={`section ${String(index)}`} className="px-3 py-1">
          {section.title !== undefined && (
            <p dir="auto" className="text-sm font-medium text-read">
              {section.title}
            </p>
          )}
          <ul>
            {section.rows.map((row) => (
              <li key={row.id} className="border-b border-line py-1.5 last:border-b-0">
                <p dir="auto" className="min-h-5">
                  {row.title}
                </p>
                {row.description !== undefined && (
                  <p dir="auto" className="text-sm text-ink-3">
                    {row.description}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

type CardParts = Extract<Interactive, { readonly type: 'carousel' }>['action']['cards']

function Cards({ cards }: { readonly cards: CardParts }): ReactNode {
  const t = useT()
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: cards beside each other are scrolled by key
      tabIndex={0}
      aria-label={t('template.cards')}
      className="flex gap-2 overflow-x-auto pb-1"
    >
      {cards.map((card) => (
        <div
          key={card.card_index}
          className="w-52 flex-none overflow-hidden rounded-md border border-line bg-surface shadow-xs"
        >
          <CardFace card={card} />
        </div>
      ))}
    </section>
  )
}

function CardFace({ card }: { readonly card: CardParts[number] }): ReactNode {
  const t = useT()
  if (!('header' in card)) {
    return (
      <>
        <p className="flex items-center gap-2 bg-plain-soft px-3 py-6 text-sm">
          <ShoppingBag aria-hidden="true" className="size-4 flex-none text-ink-3" />
          <bdi dir="ltr">{card.action.product_retailer_id}</bdi>
        </p>
        <Pressed labels={[t('build.phone.product')]} Icon={KIND_ICONS.product} />
      </>
    )
  }
  const isLink = 'parameters' in card.action
  const labels =
    'parameters' in card.action
      ? [card.action.parameters.display_text]
      : card.action.buttons.map((one) => one.quick_reply.title)
  return (
    <>
      <Header header={card.header} />
      <p dir="auto" className="min-h-6 px-3 py-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <RichText text={card.body?.text ?? ''} />
      </p>
      <Pressed labels={labels} Icon={KIND_ICONS[isLink ? 'cta_url' : 'button']} />
    </>
  )
}
