import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { NotFound } from '../../app/broken.tsx'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { type Heading, headingsOf } from '../../ui/heading-anchors.ts'
import { MarkdownText } from '../../ui/markdown.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { isPlaybookPage, loadPage, PLAYBOOK_PAGES, type PlaybookPage } from './built-in.ts'
import { PlaybookFrame } from './playbook-frame.tsx'

/** One of Wasl's own pages, in the language of the reader. */
export function BuiltInPlaybookPage(): ReactNode {
  const page = useParams({ strict: false, select: (params) => params.page }) ?? ''
  return isPlaybookPage(page) ? <Text key={page} page={page} /> : <NotFound />
}

function Text({ page }: { readonly page: PlaybookPage }): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const section = useLocation({ select: (location) => location.hash })
  const { data: text } = useQuery({
    queryKey: ['playbook', language, page],
    queryFn: () => loadPage(page, language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const shown = PLAYBOOK_PAGES.find(({ name }) => name === page)
  // The text comes after the address: what the address names is not there yet when the browser looks for it.
  useEffect(() => {
    if (text !== undefined && section !== '') document.getElementById(section)?.scrollIntoView()
  }, [text, section])
  return (
    <PlaybookFrame title={shown === undefined ? '' : t(shown.title)}>
      {text === undefined ? (
        <Skeleton className="h-96 w-full" />
      ) : (
        <div className="grid gap-8 roomy:grid-cols-[1fr_15rem] roomy:items-start">
          <MarkdownText text={text} />
          <Contents headings={headingsOf(text).filter(({ depth }) => depth === 2)} />
        </div>
      )}
    </PlaybookFrame>
  )
}

/** Where the page has room for it: its parts, to jump to. */
function Contents({ headings }: { readonly headings: readonly Heading[] }): ReactNode {
  const t = useT()
  return (
    <nav aria-label={t('playbook.contents')} className="sticky top-0 hidden text-sm roomy:block">
      <p aria-hidden="true" className="mb-1 text-ink-3">
        {t('playbook.contents')}
      </p>
      <ul>
        {headings.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`} className="block py-1 text-ink-2 no-underline hover:text-ink">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
