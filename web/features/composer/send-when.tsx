import { CalendarClock } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useT } from '../../app/language.ts'
import { IconButton } from '../../ui/button.tsx'

/** What the two fields hold, as the browser gives it: `2026-11-28T18:00`, or nothing. */
export interface When {
  readonly sendAt: string
  readonly expiresAt: string
}

export const AT_ONCE: When = { sendAt: '', expiresAt: '' }

export interface SendTimes {
  readonly sendAtMs?: number
  readonly expiresAtMs?: number
}

/** The instants of the fields, for the server; the browser's time zone is the writer's. */
export function planOfWhen({ sendAt, expiresAt }: When): SendTimes {
  return {
    ...(sendAt === '' ? {} : { sendAtMs: Date.parse(sendAt) }),
    ...(expiresAt === '' ? {} : { expiresAtMs: Date.parse(expiresAt) }),
  }
}

/** Beside "Send": to send later, or not after some time. */
export function SendWhen({
  when,
  onChange,
}: {
  readonly when: When
  readonly onChange: (when: When) => void
}): ReactNode {
  const t = useT()
  const panel = useId()
  const [open, setOpen] = useState(false)
  const shown = open || when.sendAt !== '' || when.expiresAt !== ''
  return (
    <>
      {shown && (
        <div
          id={panel}
          className="order-last flex basis-full flex-wrap items-center justify-end gap-x-3 gap-y-1"
          data-testid="send-when"
        >
          <Field label={t('when.sendAt')} value={when.sendAt} onChange={(sendAt) => onChange({ ...when, sendAt })} />
          <Field
            label={t('when.expiresAt')}
            value={when.expiresAt}
            onChange={(expiresAt) => onChange({ ...when, expiresAt })}
          />
        </div>
      )}
      <IconButton
        label={t(shown ? 'when.atOnce' : 'when.later')}
        aria-expanded={shown}
        aria-controls={panel}
        onClick={() => {
          setOpen(!shown)
          if (shown) onChange(AT_ONCE)
        }}
      >
        <CalendarClock aria-hidden="true" className="size-4" />
      </IconButton>
    </>
  )
}

function Field(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}): ReactNode {
  return (
    <label className="flex max-w-full flex-wrap items-center justify-end gap-x-1.5 text-sm text-ink-2">
      {props.label}
      <input
        type="datetime-local"
        dir="ltr"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="max-w-full rounded border border-line-strong bg-surface px-1.5 py-0.5 text-sm"
      />
    </label>
  )
}
