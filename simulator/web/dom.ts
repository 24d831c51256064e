export type Child = Node | string | null | undefined | false

/** What an element may be given: attributes by name (`true` writes an empty one, `false` none) and listeners by event. */
export interface Wish {
  readonly class?: string
  readonly on?: { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void }
  readonly [attribute: string]: unknown
}

/**
 * An element with attributes, listeners and children. Text becomes text nodes, never markup: nothing that people write can
 * become part of the page.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  wish: Wish = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(wish)) {
    if (name === 'on' || value === undefined || value === false || value === null) continue
    element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const [event, listener] of Object.entries(wish.on ?? {}))
    element.addEventListener(event, listener as EventListener)
  put(element, ...children)
  return element
}

/** Replaces what the element holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren()
  put(element, ...children)
}

/** A text of somebody's, in its own direction. */
export function words(text: string, className = ''): HTMLElement {
  return h('span', { dir: 'auto', class: className === '' ? undefined : className }, text)
}

/** A number, a link, a code: always left to right, whatever stands around it. */
export function ltr(text: string, className = ''): HTMLElement {
  return h('bdi', { dir: 'ltr', class: className === '' ? undefined : className }, text)
}

function put(element: Element, ...children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child)
}
