/** Schemes a link may have; anything else stays text. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u2066-\u2069\u200e\u200f]+/giu
/** Signs that end a sentence rather than an address. */
const TRAILING = new Set('.,;:!?…،؛؟»”’)]}')

export type TextPart = { readonly kind: 'text' | 'link'; readonly text: string; readonly href?: string }

/** Splits text into plain parts and addresses (http and https only; nothing else can become a link). */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const shown = withoutTrailing(match[0])
    const href = safeHref(shown)
    if (href === null) continue
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push({ kind: 'link', text: shown, href })
    end = match.index + shown.length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}

/** The address in its safe form, or `null` when it is not one of http or https. For addresses that arrive as data. */
export function safeHref(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}

/** A closing bracket belongs to the address when it was opened inside it. */
function withoutTrailing(address: string): string {
  let end = address.length
  while (end > 0 && TRAILING.has(address[end - 1] ?? '')) end--
  const trimmed = address.slice(0, end)
  const opened = trimmed.split('(').length - trimmed.split(')').length
  return opened > 0 && address[end] === ')' ? `${trimmed})` : trimmed
}
