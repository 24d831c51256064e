import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { iconButtonClass } from '../../ui/button.tsx'

/** A single playbook: the way back, its title, what can be done with it. */
export function PlaybookFrame({
  title,
  acts,
  children,
}: {
  readonly title: string
  readonly acts?: ReactNode
  readonly children: ReactNode
}): ReactNode {
  const t = useT()
  return (
    <main className="h-full overflow-y-auto" tabIndex={-1}>
      <div className="mx-auto flex max-w-5xl flex-col gap-5 px-6 pt-7 pb-16 narrow:px-4 narrow:pt-4">
        <header className="flex flex-wrap items-center gap-2">
          <Link
            to="/playbooks"
            aria-label={t('playbook.back')}
            title={t('playbook.back')}
            className={iconButtonClass('-ms-2')}
          >
            <ArrowLeft aria-hidden="true" className="turns size-4.5" />
          </Link>
          <h1 dir="auto" className="flex-1 text-xl font-semibold">
            {title}
          </h1>
          {acts}
        </header>
        {children}
      </div>
    </main>
  )
}
