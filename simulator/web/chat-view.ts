import type { ActMessage, ChatMessage, PaymentOutcome } from '../control-api.ts'
import type { ScenarioCustomer } from '../scenario.ts'
import { bubble, type Side } from './bubble.ts'
import { composer } from './composer.ts'
import type { NumberControl } from './control-client.ts'
import { trying } from './dialogs.ts'
import { h } from './dom.ts'
import { t } from './language.ts'
import { openMessageMenu } from './message-menu.ts'
import { dayOf } from './times.ts'

/** Pixels from the foot within which new messages scroll into view. */
const NEAR_FOOT_PX = 120
/** As many as the control API gives at once. */
const PAGE = 100

export interface ChatView {
  readonly element: HTMLElement
  /** Loads what changed. */
  readonly refresh: () => Promise<void>
}

/** A chat from one side: messages, kept up to date by `refresh`, and the composer. Opening it reads it. */
export function chatView(
  of: NumberControl,
  customer: ScenarioCustomer,
  side: Side,
  businessName: string,
  nowMs: () => number,
): ChatView {
  const other = side === 'phone' ? (customer.addressBookName ?? customer.profileName) : businessName
  const list = h('ol', { class: 'messages' })
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': other, tabindex: '0' }, list)
  const drawn = new Map<string, { readonly json: string; readonly element: HTMLElement }>()
  let messages: readonly ChatMessage[] = []
  let older: readonly ChatMessage[] = []

  const act = async (wish: Parameters<NumberControl['act']>[1]) => {
    await of.act(customer.key, wish)
    await refresh()
  }
  const writer = composer(side, other, {
    send: (message: ActMessage, quoteWamid) =>
      act({ by: side, do: 'send', message, ...(quoteWamid !== undefined && { quoteWamid }) }),
    edit: (wamid, text) => act({ by: side, do: 'edit', wamid, text }),
  })
  const acts = {
    quote: writer.quote,
    jumpTo: (wamid: string) => drawn.get(wamid)?.element.scrollIntoView({ block: 'center' }),
    pay: ({ wamid }: ChatMessage, outcome: PaymentOutcome) => trying(act({ by: side, do: 'pay', wamid, outcome })),
    openMenu: (message: ChatMessage) =>
      openMessageMenu(message, side, nowMs(), {
        reply: () => writer.quote(message),
        react: (emoji) => trying(act({ by: side, do: 'react', wamid: message.wamid, emoji })),
        edit: () => writer.startEdit(message),
        remove: () => trying(act({ by: side, do: 'delete', wamid: message.wamid })),
      }),
  }
  const draw = () => {
    const all = [...older, ...messages]
    const byWamid = new Map(all.map((message) => [message.wamid, message]))
    const rowOf = (message: ChatMessage) => {
      const quoted = message.quoteWamid === null ? undefined : byWamid.get(message.quoteWamid)
      const json = JSON.stringify([message, quoted])
      const known = drawn.get(message.wamid)
      const element = known?.json === json ? known.element : bubble(message, side, other, quoted, acts)
      drawn.set(message.wamid, { json, element })
      return element
    }
    const top = all.length >= PAGE ? [olderButton(() => trying(loadOlder()))] : []
    patch(list, [...top, ...withDays(all, rowOf, nowMs())])
  }
  const loadOlder = async () => {
    const first = older[0] ?? messages[0]
    if (!first) return
    older = [...(await of.messages(customer.key, first.atMs)), ...older]
    const height = log.scrollHeight
    draw()
    log.scrollTop += log.scrollHeight - height
  }
  const refresh = async () => {
    const nearFoot = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_FOOT_PX
    const before = messages.at(-1)?.wamid
    messages = await of.messages(customer.key)
    const firstShown = messages[0]?.atMs ?? 0
    older = older.filter((message) => message.atMs < firstShown)
    draw()
    const last = messages.at(-1)
    if (nearFoot || (last?.wamid !== before && last?.by !== 'customer')) log.scrollTop = log.scrollHeight
    if (needsReading(messages, side)) await of.act(customer.key, { by: side, do: 'read' })
  }
  return { element: h('div', { class: 'chat' }, log, writer.element), refresh }
}

/** The rows of messages, with a line wherever another day begins. */
function withDays(
  messages: readonly ChatMessage[],
  rowOf: (message: ChatMessage) => HTMLElement,
  nowMs: number,
): HTMLElement[] {
  let day = ''
  return messages.flatMap((message) => {
    const before = day
    day = dayOf(message.atMs, nowMs)
    return day === before ? [rowOf(message)] : [h('li', { class: 'day' }, h('span', {}, day)), rowOf(message)]
  })
}

/** Whether somebody on the other side should learn that this was read. */
function needsReading(messages: readonly ChatMessage[], side: Side): boolean {
  const last = messages.at(-1)
  if (side === 'phone') return last?.by === 'customer'
  return messages.some(
    (message) => message.by !== 'customer' && (message.ticks === 'sent' || message.ticks === 'delivered'),
  )
}

function olderButton(press: () => void): HTMLElement {
  return h('li', { class: 'day' }, h('button', { type: 'button', class: 'button', on: { click: press } }, t('older')))
}

/** Makes the list hold exactly these rows, leaving those alone that stay: focus and playing voices survive. */
function patch(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const wanted = new Set<Node>(rows)
  for (const child of list.querySelectorAll(':scope > li')) if (!wanted.has(child)) child.remove()
  for (const [index, row] of rows.entries()) {
    const standing = list.children[index]
    if (standing !== row) list.insertBefore(row, standing ?? null)
  }
}
