import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { SyncAlarm } from '../features/numbers/sync-alarm.tsx'
import { useSync } from '../sync/browser.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { useDocumentTitle } from './document-title.ts'
import { useKeyboard } from './keyboard.ts'
import { useT } from './language.ts'
import { LiveRegion } from './live-region.tsx'
import { useOverlay } from './overlays.ts'
import { Rail } from './rail.tsx'
import { Starting } from './starting.tsx'
import { ToastRegion } from './toast-region.tsx'

const Palette = lazy(() => import('./palette.tsx'))
const HelpSheet = lazy(() => import('./help-sheet.tsx'))
const RailDrawer = lazy(() => import('./rail-drawer.tsx'))

/** Everything around the pages: the rail, what the connection says, what is read aloud, what lies over the page. */
export function Frame(): ReactNode {
  const t = useT()
  const ready = useSync((state) => state.inbox !== null)
  const overlay = useOverlay((state) => state.shown)
  const path = useLocation({ select: (location) => location.pathname })
  useKeyboard()
  useDocumentTitle()
  if (!ready) return <Starting />
  // The two doors are the whole page: before there is a number, nothing beside them works.
  const bare = path.startsWith('/welcome')
  return (
    <div className="flex h-full flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-sm focus:bg-surface focus:p-2"
      >
        {t('frame.skip')}
      </a>
      <ConnectionBanner />
      <SyncAlarm />
      <div className="flex min-h-0 flex-1">
        {!bare && (
          <div className="w-16 flex-none overflow-y-auto narrow:hidden roomy:w-53">
            <Rail />
          </div>
        )}
        <div id="content" className="min-w-0 flex-1">
          <Outlet />
        </div>
      </div>
      <LiveRegion />
      <ToastRegion />
      <WhenShown shown={overlay === 'palette'}>
        <Palette />
      </WhenShown>
      <WhenShown shown={overlay === 'help'}>
        <HelpSheet />
      </WhenShown>
      <WhenShown shown={overlay === 'rail'}>
        <RailDrawer />
      </WhenShown>
    </div>
  )
}

/** What lies over the page is loaded only when it is first asked for. */
function WhenShown({ shown, children }: { readonly shown: boolean; readonly children: ReactNode }): ReactNode {
  return shown ? <Suspense>{children}</Suspense> : null
}
