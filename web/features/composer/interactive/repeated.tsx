import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'

/** Parts of one kind below each other: one more is added, and each but the last few can be taken away. */
export function Repeated<T>(props: {
  readonly legend: string
  readonly parts: readonly T[]
  readonly max: number
  readonly min?: number
  /** What a new one begins as. */
  readonly fresh: T
  readonly addLabel: string
  readonly removeLabel: (number: number) => string
  readonly onChange: (parts: readonly T[]) => void
  readonly children: (part: T, index: number, put: (next: T) => void) => ReactNode
}): ReactNode {
  const { parts, min = 1, onChange } = props
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">{props.legend}</legend>
      {parts.map((part, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name of their own while they are written
          key={index}
          className="flex items-start gap-1"
        >
          <div className="min-w-0 flex-1">
            {props.children(part, index, (next) => onChange(parts.with(index, next)))}
          </div>
          <IconButton
            label={props.removeLabel(index + 1)}
            className="mt-6"
            disabled={parts.length <= min}
            onClick={() => onChange(parts.toSpliced(index, 1))}
          >
            <Trash2 aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      ))}
      <p>
        <Button disabled={parts.length >= props.max} onClick={() => onChange([...parts, props.fresh])}>
          <Plus aria-hidden="true" className="size-4" />
          {props.addLabel}
        </Button>
      </p>
    </fieldset>
  )
}
