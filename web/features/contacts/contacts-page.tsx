import { useNavigate, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { Download, Search } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { type MessageKey, useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { buttonClass } from '../../ui/button.tsx'
import { exportUrl } from './contact-queries.ts'
import { ContactRows } from './contact-rows.tsx'
import type { ContactsSearch } from './contacts-search.ts'
import { MergeSuggestions } from './merge-suggestions.tsx'

/** The list is asked for when nobody has typed for this long. Milliseconds. */
const TYPING_PAUSE_MS = 250

const SHOWN: readonly (readonly [ContactsSearch['show'], MessageKey])[] = [
  [undefined, 'contacts.all'],
  ['no_phone', 'contacts.noPhone'],
  ['removed', 'contacts.removed'],
  ['merges', 'merge.title'],
]

/** All customers, from every number: searched, filtered, exported. */
export function ContactsPage(): ReactNode {
  const t = useT()
  const { q = '', show } = useSearch({ from: '/contacts' })
  return (
    <main className="flex h-full flex-col" tabIndex={-1}>
      <div className="mx-auto flex w-full max-w-5xl flex-none flex-col gap-3 px-6 pt-7 pb-3 narrow:px-4 narrow:pt-4">
        <header className="flex flex-wrap items-start gap-2">
          <MenuButton />
          <div className="min-w-0 flex-1 narrow:basis-2/3">
            <h1 className="text-xl font-semibold">{t('contacts.title')}</h1>
            <p className="mt-0.5 text-ink-2">{t('contacts.lead')}</p>
          </div>
          <Exports q={q} show={show} />
        </header>
        {show !== 'merges' && <SearchField q={q} show={show} />}
        <Filters q={q} show={show} />
      </div>
      {show === 'merges' ? <MergeSuggestions /> : <ContactRows q={q} filter={show ?? 'all'} />}
    </main>
  )
}

function SearchField({ q, show }: ContactsSearch & { readonly q: string }): ReactNode {
  const t = useT()
  const id = useId()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(q)
  useEffect(() => {
    if (typed.trim() === q) return
    const timer = setTimeout(
      () => void navigate({ to: '/contacts', search: searchOf(typed.trim(), show), replace: true }),
      TYPING_PAUSE_MS,
    )
    return () => clearTimeout(timer)
  }, [typed, q, show, navigate])
  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {t('contacts.search')}
      </label>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        id={id}
        type="search"
        dir="auto"
        autoComplete="off"
        value={typed}
        maxLength={100}
        placeholder={t('contacts.search')}
        onChange={(event) => setTyped(event.target.value)}
        className="min-h-10 w-full rounded-sm border border-line bg-surface ps-9 pe-3 placeholder:text-ink-3 hover:border-line-strong phone:min-h-11"
      />
    </div>
  )
}

function Filters({ q, show }: ContactsSearch & { readonly q: string }): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{t('contacts.filter')}</legend>
      {SHOWN.map(([value, words]) => (
        <button
          key={words}
          type="button"
          aria-pressed={show === value}
          onClick={() => void navigate({ to: '/contacts', search: searchOf(q, value) })}
          className={clsx(
            'min-h-8 rounded-full border px-3 text-sm phone:min-h-11',
            show === value
              ? 'border-accent bg-accent-soft font-medium text-ink'
              : 'border-line text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          {t(words)}
        </button>
      ))}
    </fieldset>
  )
}

function Exports({ q, show }: ContactsSearch & { readonly q: string }): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const search = { q, filter: show === undefined || show === 'merges' ? 'all' : show, language }
  return (
    <p className="flex gap-2 narrow:w-full narrow:[&_a]:flex-1">
      <a href={exportUrl('csv', search)} download title={t('contacts.exportLead')} className={buttonClass('plain')}>
        <Download aria-hidden="true" className="size-4" />
        {t('contacts.exportCsv')}
      </a>
      <a href={exportUrl('vcf', search)} download title={t('contacts.vcardLead')} className={buttonClass('plain')}>
        {t('contacts.exportVcard')}
      </a>
    </p>
  )
}

function searchOf(q: string, show: ContactsSearch['show']): ContactsSearch {
  return { ...(q === '' ? {} : { q }), ...(show === undefined ? {} : { show }) }
}
