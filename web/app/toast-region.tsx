import { useMutation } from '@tanstack/react-query'
import { Undo2, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { failureWords } from './failure-words.ts'
import { useT } from './language.ts'
import { hideToast, type Toast, useToast } from './toast.ts'

/** How long it stays while nobody points at it or has the keyboard in it. Milliseconds. */
const STAYS_MS = 10_000

/** Over every page: what was just done, with its undo. The region itself is always there, so that it is read aloud. */
export function ToastRegion(): ReactNode {
  const shown = useToast((state) => state.shown)
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-24 z-40 flex justify-center">
      {shown !== null && <ShownToast key={shown.id} toast={shown} />}
    </div>
  )
}

function ShownToast({ toast }: { readonly toast: Toast }): ReactNode {
  const t = useT()
  const [held, setHeld] = useState(false)
  const undoing = useMutation({ mutationFn: toast.undo })
  const { data: undone, isPending } = undoing
  useEffect(() => {
    if (held || isPending) return
    const timer = setTimeout(hideToast, STAYS_MS)
    return () => clearTimeout(timer)
  }, [held, isPending])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody is on it
    <div
      data-testid="toast"
      className="pointer-events-auto flex max-w-full items-center gap-2 rounded-md border border-line-strong bg-surface py-2 ps-4 pe-2 text-sm shadow-xl"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {undone?.ok === false ? (
        <span className="text-danger">{failureWords(t, undone.failure)}</span>
      ) : (
        <span>{t(undone === undefined ? toast.done : toast.undone)}</span>
      )}
      {undone === undefined && (
        <Button disabled={isPending} onClick={() => undoing.mutate()} data-testid="toast-undo">
          <Undo2 aria-hidden="true" className="size-4 turns" />
          {t('toast.undo')}
        </Button>
      )}
      <IconButton label={t('toast.close')} onClick={hideToast}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  )
}
