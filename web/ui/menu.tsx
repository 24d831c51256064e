import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { PersonName } from './person-name.tsx'

export interface MenuChoice {
  readonly value: string
  readonly label: string
  readonly note?: string
}

/** A menu of which one entry is chosen. */
export function ChoiceMenu(props: {
  readonly trigger: ReactElement
  readonly label: string
  readonly choices: readonly MenuChoice[]
  readonly value: string
  readonly onChoose: (value: string) => void
}): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup
            aria-label={props.label}
            className="min-w-52 rounded-md border border-line bg-surface p-1 text-sm shadow-xl outline-none"
          >
            <Base.RadioGroup value={props.value} onValueChange={(value) => props.onChoose(String(value))}>
              {props.choices.map((choice) => (
                <Base.RadioItem
                  key={choice.value}
                  value={choice.value}
                  closeOnClick
                  className="flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1 outline-none data-highlighted:bg-hover phone:min-h-11"
                >
                  <span className="flex-1">
                    <PersonName name={choice.label} />
                    {choice.note !== undefined && <span className="block text-xs text-ink-3">{choice.note}</span>}
                  </span>
                  <Base.RadioItemIndicator>
                    <Check aria-hidden="true" className="size-4 text-accent" />
                  </Base.RadioItemIndicator>
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** A row of signs of which one is pressed, such as emoji. */
export function SignMenu(props: {
  readonly trigger: ReactElement
  readonly label: string
  readonly signs: readonly { readonly key: string; readonly label: string; readonly sign: ReactNode }[]
  readonly onChoose: (key: string) => void
}): ReactNode {
  return (
    <Base.Root orientation="horizontal">
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup
            aria-label={props.label}
            className="flex max-w-[92vw] flex-wrap rounded-full border border-line bg-surface p-1 shadow-xl outline-none"
          >
            {props.signs.map(({ key, label, sign }) => (
              <Base.Item
                key={key}
                aria-label={label}
                title={label}
                onClick={() => props.onChoose(key)}
                className="grid size-9 cursor-pointer place-items-center rounded-full text-xl outline-none data-highlighted:bg-hover phone:size-11"
              >
                {sign}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
