import type { ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { headingAnchors } from './heading-anchors.ts'
import './markdown.css'

/** A wide table scrolls by itself; a link to elsewhere opens beside the page and tells nobody where it came from. */
const COMPONENTS: Components = {
  // The page itself has the only heading of the first rank.
  h1: ({ children }) => <h2>{children}</h2>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="scrolls" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  a: ({ href, children }) => (
    <a href={href} {...(href?.startsWith('#') ? {} : { target: '_blank', rel: 'noopener noreferrer' })}>
      {children}
    </a>
  ),
}
/** A picture would be fetched from elsewhere. */
const LEFT_OUT = ['img']

/** A text in Markdown (with tables). HTML in it is shown as text, and only http, https and mailto links are kept. */
export function MarkdownText({ text }: { readonly text: string }): ReactNode {
  return (
    <div dir="auto" className="prose">
      <Markdown remarkPlugins={[remarkGfm, headingAnchors]} components={COMPONENTS} disallowedElements={LEFT_OUT}>
        {text}
      </Markdown>
    </div>
  )
}
