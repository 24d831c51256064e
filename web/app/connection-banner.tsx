import { CloudOff } from 'lucide-react'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { useSync } from '../sync/browser.ts'
import { useT } from './language.ts'

/** A hiccup shorter than this is nobody's business. Milliseconds. */
const PATIENCE_MS = 1_500

/** Says when the page is not live: what still works, and that nothing is lost. */
export function ConnectionBanner(): ReactNode {
  const t = useT()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const away = useSync((state) => state.link === 'reconnecting') || !online
  const waiting = useSync((state) => state.outbox.filter((item) => item.refusal === null).length)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!away) return
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setShown(false)
    }
  }, [away])
  return (
    <div role="status" data-testid="connection" data-state={away ? (online ? 'reconnecting' : 'offline') : 'live'}>
      {shown && (
        <p className="flex items-center justify-center gap-2 bg-phone-soft px-4 py-1.5 text-center text-sm text-phone">
          <CloudOff aria-hidden="true" className="size-4 flex-none" />
          <span>
            <strong className="font-semibold">{online ? t('connection.reconnecting') : t('connection.offline')}</strong>{' '}
            {waiting > 0 ? t('connection.waiting', { count: waiting }) : t('connection.kept')}
          </span>
        </p>
      )}
    </div>
  )
}

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
