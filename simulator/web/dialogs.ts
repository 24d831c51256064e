import { type Child, h } from './dom.ts'
import { type IconName, icon } from './icons.ts'
import { t } from './language.ts'

/** How long a notice stays. */
const NOTICE_MS = 5000
/** Between a sheet and the edge of the phone. */
const SHEET_MARGIN_PX = 24

export interface MenuItem {
  readonly label: string
  readonly icon: IconName
  readonly dangerous?: boolean
  readonly choose: () => void
}

/** A short notice at the foot of the page, read out by screen readers. */
export function notice(text: string): void {
  const element = h('div', { class: 'notice', role: 'status' }, text)
  document.body.append(element)
  setTimeout(() => element.remove(), NOTICE_MS)
}

/** Runs something that may be refused, and says why when it is. */
export function trying(work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    notice(t('failed', { reason: error instanceof Error ? error.message : String(error) })),
  )
}

/** A button that shows only an icon. */
export function iconButton(
  name: IconName,
  label: string,
  press: (button: HTMLButtonElement) => void,
  extra = '',
): HTMLButtonElement {
  const button: HTMLButtonElement = h(
    'button',
    {
      type: 'button',
      class: `icon-button ${extra}`,
      'aria-label': label,
      title: label,
      on: { click: () => press(button) },
    },
    icon(name),
  )
  return button
}

/** A menu as a sheet: arrow keys move, Escape closes, the choice closes too. `top` stands above the items. */
export function openMenu(label: string, items: readonly MenuItem[], top?: (close: () => void) => Child): void {
  const dialog = sheet(label)
  const list = items.map((item) =>
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        class: item.dangerous ? 'menu-item dangerous' : 'menu-item',
        on: {
          click: () => {
            dialog.close()
            item.choose()
          },
        },
      },
      icon(item.icon),
      item.label,
    ),
  )
  dialog.append(
    ...[top?.(() => dialog.close())].filter((child) => child instanceof Node),
    h('div', { role: 'menu', 'aria-label': label }, ...list),
  )
  dialog.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const at = list.findIndex((item) => item === document.activeElement)
    list.at((at + step) % list.length)?.focus()
  })
  show(dialog)
}

/** A question with answers; resolves with the answer's value, `null` when it was closed. */
export function ask<T>(
  title: string,
  text: string,
  answers: readonly { readonly label: string; readonly value: T; readonly look?: 'main' | 'dangerous' }[],
  detail?: Child,
): Promise<T | null> {
  return new Promise((resolve) => {
    const dialog = sheet(title)
    let chosen: T | null = null
    const buttons = answers.map((answer) =>
      h(
        'button',
        {
          type: 'button',
          class: `button ${answer.look ?? ''}`,
          on: {
            click: () => {
              chosen = answer.value
              dialog.close()
            },
          },
        },
        answer.label,
      ),
    )
    dialog.append(
      h('h2', {}, title),
      h('p', {}, text),
      ...(detail instanceof Node ? [detail] : []),
      h('div', { class: 'buttons' }, ...buttons),
    )
    dialog.addEventListener('close', () => resolve(chosen))
    show(dialog)
  })
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly required?: boolean
  readonly ltr?: boolean
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** A small form; resolves with the values by name, `null` when it was cancelled. */
export function fillIn(
  title: string,
  fields: readonly Field[],
  done: string,
  hint?: string,
): Promise<Record<string, string> | null> {
  return new Promise((resolve) => {
    const dialog = sheet(title)
    let values: Record<string, string> | null = null
    const form = h(
      'form',
      { method: 'dialog' },
      h('h2', {}, title),
      hint !== undefined && h('p', {}, hint),
      ...fields.map((field) => h('label', { class: 'field' }, h('span', {}, field.label), control(field))),
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, t('cancel')),
        h('button', { type: 'submit', class: 'button main' }, done),
      ),
    )
    form.addEventListener('submit', () => {
      values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]))
    })
    dialog.append(form)
    dialog.addEventListener('close', () => resolve(values))
    show(dialog)
  })
}

function control(field: Field): HTMLElement {
  if (field.options) {
    return h(
      'select',
      { name: field.name },
      ...field.options.map((option) =>
        h('option', { value: option.value, selected: option.value === field.value }, option.label),
      ),
    )
  }
  return h('input', {
    name: field.name,
    value: field.value ?? '',
    required: field.required,
    dir: field.ltr ? 'ltr' : 'auto',
    autocomplete: 'off',
  })
}

function sheet(label: string): HTMLDialogElement {
  const dialog = h('dialog', { class: 'sheet', 'aria-label': label })
  // A press on the backdrop lands on the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  return dialog
}

function show(dialog: HTMLDialogElement): void {
  document.body.append(dialog)
  dialog.showModal()
  const phone = document.querySelector('.device')?.getBoundingClientRect()
  if (phone) stayWithin(dialog, phone)
}

/** Puts a sheet at the foot of the phone, which may be only a part of the page. */
function stayWithin(dialog: HTMLDialogElement, phone: DOMRect): void {
  const width = Math.min(phone.width - SHEET_MARGIN_PX * 2, dialog.offsetWidth)
  const before = document.documentElement.dir === 'rtl' ? innerWidth - phone.right : phone.left
  Object.assign(dialog.style, {
    margin: '0',
    width: `${width}px`,
    insetInlineStart: `${before + (phone.width - width) / 2}px`,
    insetInlineEnd: 'auto',
    insetBlockStart: 'auto',
    insetBlockEnd: `${innerHeight - phone.bottom + SHEET_MARGIN_PX}px`,
    maxHeight: `${phone.height - SHEET_MARGIN_PX * 2}px`,
  })
}
