import type { ReactNode } from 'react'
import { encode } from 'uqr'

/** A QR code to be read by a phone: black on white in every theme, since cameras want it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className="size-36 self-center rounded-sm bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  )
}
