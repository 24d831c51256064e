import { Link, Outlet } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BusinessNumber } from '../../../contract/number.ts'
import { NotFound } from '../../app/broken.tsx'
import { useT } from '../../app/language.ts'
import { MODE_WORDS } from './number-mode.ts'
import { NumberPill } from './number-state.tsx'
import { NUMBER_TABS } from './number-tabs.ts'
import { useNumber } from './use-number.ts'

/** One number: its name and state on top, and a tab for everything there is to know or do about it. */
export function NumberPage(): ReactNode {
  const number = useNumber()
  if (number === undefined) return <NotFound />
  return (
    <main className="h-full overflow-y-auto" tabIndex={-1}>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 px-6 pt-7 pb-16 narrow:px-4 narrow:pt-4">
        <Heading number={number} />
        <Tabs number={number} />
        <Outlet />
      </div>
    </main>
  )
}

function Heading({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Link
        to="/numbers"
        aria-label={t('number.back')}
        className="-ms-2 flex size-9 items-center justify-center rounded-sm text-ink-2 hover:bg-hover phone:size-11"
      >
        <ArrowLeft aria-hidden="true" className="size-4.5 turns" />
      </Link>
      <div className="flex-1">
        <h1 className="text-xl font-semibold">
          <span className="num whitespace-nowrap">{number.displayPhone}</span>
        </h1>
        <p className="text-ink-2">
          <bdi>{number.verifiedName}</bdi> · {t(MODE_WORDS[number.mode])}
        </p>
      </div>
      <NumberPill number={number} />
    </header>
  )
}

function Tabs({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const tabs = NUMBER_TABS.filter(({ unconnected }) => unconnected || number.phoneNumberId !== null)
  return (
    <nav aria-label={t('number.tabs')} className="-mx-1 flex gap-1 overflow-x-auto border-b border-line px-1">
      {tabs.map(({ to, words }) => (
        <Link
          key={to}
          to={to}
          params={{ numberId: number.id }}
          activeOptions={{ exact: true }}
          data-testid="number-tab"
          className="-mb-px flex min-h-9 flex-none items-center border-b-2 border-transparent px-3 text-ink-2 no-underline hover:text-ink phone:min-h-11"
          activeProps={{ className: 'border-accent! font-medium text-ink' }}
        >
          {t(words)}
        </Link>
      ))}
    </nav>
  )
}
