import { Link } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import type { PlaybookPage } from './built-in.ts'

/** Leads from where the trouble shows to the page that says what to do; `section` is an anchor in it. */
export function PlaybookLink({
  page,
  section,
  children,
}: {
  readonly page: PlaybookPage
  readonly section?: string
  readonly children?: ReactNode
}): ReactNode {
  const t = useT()
  return (
    <Link
      to="/playbooks/$page"
      params={{ page }}
      {...(section === undefined ? {} : { hash: section })}
      className="inline-flex items-center gap-1.5 text-sm text-accent underline phone:min-h-11"
    >
      <BookOpen aria-hidden="true" className="size-3.5 flex-none" />
      {children ?? t('playbook.whatToDo')}
    </Link>
  )
}
