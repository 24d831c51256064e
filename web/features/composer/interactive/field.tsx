import type { ReactNode } from 'react'
import { type MessageKey, type Translate, useT } from '../../../app/language.ts'
import { TextArea, TextField } from '../../../ui/fields.tsx'
import type { Fault, Faults } from './find-faults.ts'

const WORDS: Record<Exclude<Fault['kind'], 'long' | 'many'>, MessageKey> = {
  needed: 'build.fault.needed',
  url: 'build.fault.url',
  number: 'build.fault.number',
  same: 'build.fault.same',
  untitled: 'build.fault.untitled',
  other: 'build.fault.other',
}

/** One part to fill in: how much of its room is used, and what is wrong with it as soon as something is. */
export function Field(props: {
  readonly label: string
  readonly value: string
  readonly faults: Faults
  /** Its place in the message. */
  readonly place: string
  /** Characters. */
  readonly max?: number
  readonly optional?: boolean
  readonly lines?: boolean
  readonly dir?: 'ltr' | 'auto'
  readonly type?: 'url' | 'text'
  readonly inputMode?: 'decimal' | 'numeric'
  readonly hint?: string
  readonly onChange: (value: string) => void
}): ReactNode {
  const t = useT()
  const { label, value, faults, place, max, optional = false, lines = false, hint, ...rest } = props
  const fault = faults.get(place)
  const room = max === undefined ? null : t('build.room', { used: value.trim().length, max })
  const notes = [hint, room].filter((note) => note != null).join(' · ')
  const shared = {
    label: optional ? t('build.optional', { label }) : label,
    value,
    required: !optional,
    fault: fault === undefined || value.trim() === '' ? null : faultWords(t, fault),
    ...(notes === '' ? {} : { hint: notes }),
  }
  return lines ? (
    <TextArea rows={3} {...shared} onChange={rest.onChange} />
  ) : (
    <TextField autoComplete="off" {...shared} {...rest} />
  )
}

/** What is wrong with several parts together, below them. */
export function Together({
  faults,
  places,
}: {
  readonly faults: Faults
  readonly places: readonly string[]
}): ReactNode {
  const t = useT()
  const found = places.flatMap((place) => faults.get(place) ?? [])
  const shown = found.filter(({ kind }) => kind === 'same' || kind === 'untitled' || kind === 'many')
  return shown.map((fault) => (
    <p key={fault.kind} role="alert" className="text-sm text-danger">
      {faultWords(t, fault)}
    </p>
  ))
}

function faultWords(t: Translate, fault: Fault): string {
  if (fault.kind === 'long') return t('build.fault.long', { max: fault.max ?? 0 })
  if (fault.kind === 'many') return t('build.fault.many')
  return t(WORDS[fault.kind])
}
