import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BookOpen, FilePlus2, NotebookPen } from 'lucide-react'
import type { ReactNode } from 'react'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PLAYBOOK_PAGES } from './built-in.ts'
import { OWN_PLAYBOOKS } from './own-playbooks.ts'

const ROW = 'flex min-h-11 gap-3 rounded-sm px-2 py-2.5 text-ink no-underline hover:bg-hover'

/** What to do, and when: Wasl's own pages, and the firm's. */
export function PlaybooksPage(): ReactNode {
  const t = useT()
  return (
    <Page title={t('playbooks.title')} lead={t('playbooks.lead')} menu={<MenuButton />}>
      <Section title={t('playbooks.builtIn')}>
        <ul className="-mx-2">
          {PLAYBOOK_PAGES.map(({ name, title, lead }) => (
            <li key={name}>
              <Link to="/playbooks/$page" params={{ page: name }} className={ROW}>
                <BookOpen aria-hidden="true" className="mt-0.5 size-4.5 flex-none text-accent" />
                <span>
                  <span className="block font-medium">{t(title)}</span>
                  <span className="text-ink-2">{t(lead)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('playbooks.own')} lead={t('playbooks.ownLead')}>
        <OwnPages />
        <p className="mt-3">
          <Link to="/playbooks/new" className={buttonClass('plain')}>
            <FilePlus2 aria-hidden="true" className="size-4" />
            {t('playbooks.write')}
          </Link>
        </p>
      </Section>
    </Page>
  )
}

/** Pages for readers of this language and of every language. */
function OwnPages(): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const answer = useQuery(OWN_PLAYBOOKS).data
  if (answer === undefined) return null
  if (!answer.ok) {
    return (
      <p role="alert" className="text-sm text-danger">
        {failureWords(t, answer.failure)}
      </p>
    )
  }
  const shown = answer.value.playbooks.filter((page) => page.language === null || page.language === language)
  if (shown.length === 0) return <p className="text-sm text-ink-3">{t('playbooks.noneOwn')}</p>
  return (
    <ul className="-mx-2" data-testid="own-playbooks">
      {shown.map((page) => (
        <li key={page.id}>
          <Link to="/playbooks/own/$playbookId" params={{ playbookId: page.id }} className={ROW}>
            <NotebookPen aria-hidden="true" className="mt-0.5 size-4.5 flex-none text-note" />
            <bdi className="font-medium">{page.title}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}
