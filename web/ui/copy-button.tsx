import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './button.tsx'

/** How long it says that it has copied. Milliseconds. */
const SAID_MS = 2_000

/** Puts a text into the clipboard, and says so. */
export function CopyButton({
  text,
  label,
  done,
}: {
  readonly text: string
  readonly label: string
  readonly done: string
}): ReactNode {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : Copy
  return (
    <>
      <IconButton
        label={copied ? done : label}
        // The browser may refuse the clipboard; the text stands beside the button.
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        <Icon aria-hidden="true" className="size-4" />
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? done : ''}
      </span>
    </>
  )
}
