import clsx from 'clsx'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

/** How everything looks that is filled in or chosen from; its width is its place's matter. */
export const FIELD =
  'min-h-9 rounded-sm border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-3 phone:min-h-11'

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly fault?: string | null
  /** More notes, below the hint or the fault. */
  readonly children?: ReactNode
}

type Text<Props> = Omit<Props, 'onChange' | 'children'> & FieldProps & { readonly onChange: (value: string) => void }

/** One line to fill in, with its name above, and a hint, a fault or notes below. */
export function TextField({
  label,
  hint,
  fault,
  children,
  onChange,
  className,
  ...rest
}: Text<InputHTMLAttributes<HTMLInputElement>>): ReactNode {
  const id = useId()
  return (
    <Labelled id={id} className={className} notes={children} {...{ label, hint, fault }}>
      <input
        id={id}
        // Words run as they are written; numbers and days as the page does.
        dir={rest.type === undefined || rest.type === 'text' ? 'auto' : undefined}
        className={clsx(FIELD, 'w-full')}
        aria-describedby={`${id}-notes`}
        aria-invalid={fault != null}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    </Labelled>
  )
}

/** Several lines to fill in. */
export function TextArea({
  label,
  hint,
  fault,
  children,
  onChange,
  className,
  ...rest
}: Text<TextareaHTMLAttributes<HTMLTextAreaElement>>): ReactNode {
  const id = useId()
  return (
    <Labelled id={id} className={className} notes={children} {...{ label, hint, fault }}>
      <textarea
        id={id}
        dir="auto"
        className={clsx(FIELD, 'w-full py-2')}
        aria-describedby={`${id}-notes`}
        aria-invalid={fault != null}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    </Labelled>
  )
}

/** One of several, by name. */
export function SelectField<T extends string>({
  label,
  choices,
  onChoose,
  className,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'children'> & {
  readonly label: string
  readonly value: T
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly onChoose: (value: T) => void
}): ReactNode {
  const id = useId()
  return (
    <Labelled id={id} label={label} className={className}>
      <select
        id={id}
        className={clsx(FIELD, 'w-full')}
        onChange={(event) => onChoose(event.target.value as T)}
        {...rest}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

function Labelled(
  props: Omit<FieldProps, 'children'> & {
    readonly id: string
    readonly className?: string
    readonly children: ReactNode
    readonly notes?: ReactNode
  },
): ReactNode {
  const { id, label, hint, fault, className, children, notes } = props
  const note = fault ?? hint
  return (
    <div className={clsx('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children}
      <div id={`${id}-notes`}>
        {note !== undefined && (
          <p className={clsx('mt-1 text-xs', fault == null ? 'text-ink-3' : 'text-danger')}>{note}</p>
        )}
        {notes}
      </div>
    </div>
  )
}
