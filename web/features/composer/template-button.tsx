import { LayoutTemplate } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { IconButton } from '../../ui/button.tsx'
import { Sheet } from '../../ui/overlay.tsx'
import { ComposerTemplates } from './composer-templates.tsx'

/** Opens the templates while one may also write freely. */
export function TemplateButton({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={t('picker.open')} className="ms-auto" onClick={() => setOpen(true)}>
        <LayoutTemplate aria-hidden="true" className="size-4" />
      </IconButton>
      {open && (
        <Sheet
          title={t('picker.title')}
          closeLabel={t('picker.close')}
          className="max-w-2xl"
          onClose={() => setOpen(false)}
        >
          <div className="px-5 py-4">
            <ComposerTemplates id={id} onSent={() => setOpen(false)} />
          </div>
        </Sheet>
      )}
    </>
  )
}
