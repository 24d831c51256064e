import { Link } from '@tanstack/react-router'
import { ChevronRight, Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { type BusinessNumber, isTakenOff } from '../../../contract/number.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { useSync } from '../../sync/browser.ts'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { ConnectLink } from '../connecting/connect-link.tsx'
import { Notices } from './notices.tsx'
import { MODE_WORDS } from './number-mode.ts'
import { NumberPill } from './number-state.tsx'
import { PhoneDueLine } from './phone-due-line.tsx'

/** Every number and how it stands; each has a page of its own. */
export function NumbersPage(): ReactNode {
  const t = useT()
  const numbers = Object.values(useSync((state) => state.inbox?.numbers) ?? {}).filter((number) => !isTakenOff(number))
  return (
    <Page title={t('numbers.title')} lead={t('numbers.lead')} menu={<MenuButton />}>
      {numbers.length === 0 && (
        <Empty icon={<Smartphone aria-hidden="true" />} title={t('numbers.none')}>
          <p>{t('numbers.noneLead')}</p>
          <p className="mt-4">
            <ConnectLink look="primary">{t('numbers.connect')}</ConnectLink>
          </p>
        </Empty>
      )}
      {numbers.length > 0 && (
        <ul className="flex flex-col gap-3">
          {numbers.map((number) => (
            <NumberLine key={number.id} number={number} />
          ))}
        </ul>
      )}
      {numbers.length > 0 && (
        <p>
          <ConnectLink>{t('numbers.connect')}</ConnectLink>
        </p>
      )}
      {numbers.length > 0 && <Notices />}
    </Page>
  )
}

function NumberLine({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  return (
    <li>
      <Link
        to="/numbers/$numberId"
        params={{ numberId: number.id }}
        data-testid="number"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-surface px-5 py-4 text-ink no-underline hover:bg-hover"
      >
        <span className="min-w-0 flex-1 narrow:basis-full">
          <span className="block text-lg font-semibold">
            <span className="num">{number.displayPhone}</span>
          </span>
          <span className="text-ink-2">
            <bdi>{number.verifiedName}</bdi> · {t(MODE_WORDS[number.mode])}
          </span>
          <PhoneDueLine number={number} />
        </span>
        <NumberPill number={number} />
        <ChevronRight aria-hidden="true" className="ms-auto size-4 flex-none text-ink-3 turns" />
      </Link>
    </li>
  )
}
