import { Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Message } from '../../../contract/message.ts'
import { useT } from '../../app/language.ts'
import { Content } from './content/content.tsx'

/** A deleted message: marked as such, kept, and shown to who asks for it. */
export function Deleted({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const [shown, setShown] = useState(false)
  return (
    <div>
      <p className="flex items-center gap-1.5 text-sm text-ink-3 italic">
        <Trash2 aria-hidden="true" className="size-4 flex-none" />
        {t(message.author === 'customer' ? 'message.deletedByCustomer' : 'message.deletedByUs')}
      </p>
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="mt-0.5 text-sm text-read underline underline-offset-2 phone:min-h-11"
      >
        {t(shown ? 'message.hideDeleted' : 'message.showDeleted')}
      </button>
      {shown && (
        <div className="mt-1 border-t border-line pt-1.5">
          <Content message={message} />
        </div>
      )}
    </div>
  )
}
