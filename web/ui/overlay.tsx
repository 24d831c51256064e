import { Dialog } from '@base-ui/react/dialog'
import { Popover } from '@base-ui/react/popover'
import clsx from 'clsx'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode, RefObject } from 'react'
import { iconButtonClass } from './button.tsx'

interface SheetProps {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  /** Its width, when it is not that of a form. */
  readonly className?: string
  /** What gets the focus when it opens; its first button otherwise. */
  readonly focusFirst?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** A dialog over the page: focus stays inside, Escape closes, focus returns to where it was. */
export function Sheet({
  title,
  closeLabel,
  onClose,
  className = 'max-w-lg',
  focusFirst,
  children,
}: SheetProps): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Dialog.Popup
          initialFocus={focusFirst}
          className={clsx(
            'fixed inset-x-3 top-[8vh] z-50 mx-auto flex max-h-[84vh] flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-2xl outline-none',
            className,
          )}
        >
          <div className="flex items-center gap-3 border-b border-line py-2 ps-5 pe-3">
            <Dialog.Title className="flex-1 text-lg font-semibold">{title}</Dialog.Title>
            <Dialog.Close aria-label={closeLabel} title={closeLabel} className={iconButtonClass()}>
              <X aria-hidden="true" className="size-4" />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A drawer from the side where reading begins. */
export function Drawer({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Dialog.Popup className="fixed inset-y-0 start-0 z-50 flex w-[min(20rem,86vw)] flex-col border-e border-line bg-bg shadow-2xl outline-none">
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A small card beside what was pressed. */
export function Card({
  trigger,
  label,
  children,
}: {
  readonly trigger: ReactElement
  readonly label: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <Popover.Root>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-50">
          <Popover.Popup
            aria-label={label}
            className="max-h-80 max-w-sm overflow-y-auto rounded-md border border-line bg-surface p-3 text-sm shadow-xl outline-none"
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
