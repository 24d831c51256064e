import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

/** A few exclusive choices side by side, as native radio buttons. */
export function ChoiceGroup<T extends string>(props: {
  readonly label: string
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly value: T
  readonly onChoose: (value: T) => void
}): ReactNode {
  const name = useId()
  return (
    <fieldset className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-3.5 first-of-type:border-t-0">
      <legend className="float-start w-48 flex-none py-1 font-medium">{props.label}</legend>
      <div className="flex flex-wrap gap-1 rounded-md bg-hover p-1">
        {props.choices.map((choice) => (
          <label
            key={choice.value}
            className={clsx(
              'flex min-h-8 items-center rounded-sm px-3 text-sm focus-within:outline-2 focus-within:outline-accent phone:min-h-11',
              choice.value === props.value ? 'bg-surface font-medium text-ink shadow-xs' : 'text-ink-2 hover:text-ink',
            )}
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              checked={choice.value === props.value}
              onChange={() => props.onChoose(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
