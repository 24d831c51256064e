import clsx from 'clsx'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConnectWay } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { type Screen, screensOf } from './screens.ts'

const WORDS: Record<Screen, MessageKey> = {
  check: 'connect.screen.check',
  model: 'connect.screen.model',
  changes: 'connect.screen.changes',
  import: 'connect.screen.import',
  signup: 'connect.screen.signup',
  numbers: 'connect.screen.numbers',
  run: 'connect.screen.run',
  done: 'connect.screen.done',
}

/** Where one is and what is still to come; on a narrow screen one line says it. */
export function StepList({ screen, way }: { readonly screen: Screen; readonly way: ConnectWay | null }): ReactNode {
  const t = useT()
  const screens = screensOf(way)
  const at = screens.indexOf(screen)
  return (
    <nav aria-label={t('connect.steps')} className="rounded-md border border-line bg-surface px-4 py-3">
      <p className="text-sm text-ink-2 roomy:hidden">
        {t('connect.stepOf', { step: at + 1, of: screens.length })} · {t(WORDS[screen])}
      </p>
      <ol className="hidden flex-col gap-0.5 roomy:flex">
        {screens.map((one, index) => (
          <li
            key={one}
            aria-current={one === screen ? 'step' : undefined}
            className={clsx('flex items-center gap-2.5 py-1.5', one === screen ? 'font-semibold' : 'text-ink-2')}
          >
            <span
              aria-hidden="true"
              className={clsx(
                'num grid size-6 flex-none place-items-center rounded-full border text-xs',
                index < at
                  ? 'border-transparent bg-agent-soft text-agent'
                  : one === screen
                    ? 'border-transparent bg-accent text-accent-ink'
                    : 'border-line-strong',
              )}
            >
              {index < at ? <Check className="size-3.5" /> : index + 1}
            </span>
            {t(WORDS[one])}
            {index < at && <span className="sr-only">{t('connect.stepDone')}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
