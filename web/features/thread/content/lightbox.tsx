import { Dialog } from '@base-ui/react/dialog'
import { Download, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../../app/language.ts'
import { iconButtonClass } from '../../../ui/button.tsx'

/** A picture over the whole page. */
export default function Lightbox({
  src,
  download,
  name,
  onClose,
}: {
  readonly src: string
  readonly download: string
  readonly name: string
  readonly onClose: () => void
}): ReactNode {
  const t = useT()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/85" />
        <Dialog.Popup className="fixed inset-0 z-50 flex flex-col outline-none">
          <div className="flex items-center gap-2 p-2 text-white">
            <Dialog.Title dir="auto" className="min-w-0 flex-1 truncate ps-2 text-sm font-normal">
              {name}
            </Dialog.Title>
            <a
              href={download}
              download
              aria-label={t('media.download')}
              title={t('media.download')}
              className={iconButtonClass('text-white hover:bg-white/15 hover:text-white')}
            >
              <Download aria-hidden="true" className="size-5" />
            </a>
            <Dialog.Close
              aria-label={t('ui.close')}
              title={t('ui.close')}
              className={iconButtonClass('text-white hover:bg-white/15 hover:text-white')}
            >
              <X aria-hidden="true" className="size-5" />
            </Dialog.Close>
          </div>
          <img src={src} alt={name} className="min-h-0 flex-1 object-contain p-3" />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
