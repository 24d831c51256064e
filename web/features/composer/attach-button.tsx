import { Paperclip } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useT } from '../../app/language.ts'
import { IconButton } from '../../ui/button.tsx'

/** Chooses files of this computer. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label={t('attachment.attach')} onClick={() => input.current?.click()}>
        <Paperclip aria-hidden="true" className="size-4" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="attach-input"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          // So that the same file can be chosen again.
          event.target.value = ''
        }}
      />
    </>
  )
}
