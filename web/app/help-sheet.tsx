import { Fragment, type ReactNode } from 'react'
import { Sheet } from '../ui/overlay.tsx'
import { KEY_BINDINGS } from './commands.ts'
import { type MessageKey, useT } from './language.ts'
import { hideOverlay } from './overlays.ts'

/** Keys that belong to the composer rather than to the page. */
const TYPING: readonly { readonly shown: readonly string[]; readonly words: MessageKey }[] = [
  { shown: ['Enter'], words: 'keys.open' },
  { shown: ['Enter'], words: 'keys.send' },
  { shown: ['Shift', 'Enter'], words: 'keys.break' },
  { shown: ['Esc'], words: 'keys.dropQuote' },
]

/** Every key that works, and no other. */
export default function HelpSheet(): ReactNode {
  const t = useT()
  return (
    <Sheet title={t('keys.title')} closeLabel={t('ui.close')} onClose={hideOverlay}>
      <dl className="px-5 py-2">
        {[...KEY_BINDINGS, ...TYPING].map((key) => (
          <div
            key={`${key.words}${key.shown.join()}`}
            className="flex items-center gap-4 border-t border-line py-2 first:border-t-0"
          >
            <dt className="flex-1">{t(key.words)}</dt>
            <dd dir="ltr" className="flex items-center gap-1">
              {key.shown.map((cap, index) => (
                <Fragment key={cap}>
                  {index > 0 && (
                    <span aria-hidden="true" className="sr-only">
                      +
                    </span>
                  )}
                  <kbd>{cap}</kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="border-t border-line px-5 py-3 text-sm text-ink-3">{t('keys.note')}</p>
    </Sheet>
  )
}
