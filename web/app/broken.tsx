import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/states.tsx'
import { useT } from './language.ts'

/** In place of a part of the page that threw: what happened, that nothing is lost, and a way on. */
export function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  const t = useT()
  return (
    <main className="grid h-full overflow-y-auto">
      <Empty icon={<TriangleAlert aria-hidden="true" />} title={t('broken.title')}>
        <p>{t('broken.lead')}</p>
        <p className="mt-4 flex justify-center gap-2">
          <Button look="primary" onClick={reset}>
            {t('broken.again')}
          </Button>
          <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
        </p>
        <details className="mt-4 text-start text-sm">
          <summary>{t('broken.details')}</summary>
          <pre dir="ltr" className="mt-2 overflow-x-auto rounded-sm bg-surface-2 p-2 text-xs">
            {error instanceof Error ? error.message : String(error)}
          </pre>
        </details>
      </Empty>
    </main>
  )
}

export function NotFound(): ReactNode {
  const t = useT()
  return (
    <main className="grid h-full">
      <Empty title={t('notFound.title')}>
        <p>{t('notFound.lead')}</p>
        <p className="mt-4">
          <Link to="/" className={buttonClass('primary')}>
            {t('notFound.home')}
          </Link>
        </p>
      </Empty>
    </main>
  )
}
