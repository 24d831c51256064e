/** The part of a Markdown tree (mdast) that is looked at here. */
interface Node {
  readonly type: string
  readonly depth?: number
  value?: string
  children?: Node[]
  data?: { hProperties?: { id: string } }
}

export interface Heading {
  readonly depth: number
  readonly id: string
  readonly text: string
}

/** `{#some-name}` at the end of a heading names it, the same in every language, so that links into a page hold. */
const ANCHOR = /\s*\{#([a-z0-9-]+)\}\s*$/

/** A plugin of remark: takes the anchors out of the headings' words and makes them ids. */
export function headingAnchors(): (tree: Node) => void {
  return (tree) => {
    for (const node of tree.children ?? []) {
      if (node.type !== 'heading') continue
      const last = node.children?.at(-1)
      const found = last?.type === 'text' ? ANCHOR.exec(last.value ?? '') : null
      if (last === undefined || found === null) continue
      last.value = (last.value ?? '').slice(0, found.index)
      node.data = { hProperties: { id: found[1] ?? '' } }
    }
  }
}

/** The named headings of a Markdown text, in order: its table of contents. */
export function headingsOf(markdown: string): Heading[] {
  return markdown.split('\n').flatMap((line) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line)
    const anchor = heading === null ? null : ANCHOR.exec(heading[2] ?? '')
    if (heading === null || anchor === null) return []
    return [{ depth: (heading[1] ?? '').length, id: anchor[1] ?? '', text: (heading[2] ?? '').slice(0, anchor.index) }]
  })
}
