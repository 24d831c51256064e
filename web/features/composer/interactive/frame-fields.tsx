import type { ReactNode } from 'react'
import { LENGTHS } from '../../../../contract/send-limits.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { SelectField } from '../../../ui/fields.tsx'
import { SampleField } from '../../templates/sample-field.tsx'
import { type HeaderDraft, type HeaderKind, hasFooter, headersOf, type InteractiveDraft } from './draft.ts'
import { Field } from './field.tsx'
import type { Faults } from './find-faults.ts'

const HEADER_WORDS: Record<HeaderKind, MessageKey> = {
  none: 'template.header.none',
  text: 'template.header.text',
  image: 'template.header.image',
  video: 'template.header.video',
  document: 'template.header.document',
}

/** What a part of the form gets: all that was filled in, what is wrong, and how to change it. */
export interface PartProps {
  readonly draft: InteractiveDraft
  readonly faults: Faults
  readonly onChange: (more: Partial<InteractiveDraft>) => void
}

/** What stands above, the text, and the small print below. */
export function FrameFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const { kind } = draft
  return (
    <>
      <HeaderFields
        header={draft.header}
        kinds={headersOf(kind)}
        {...{ faults, place: 'header' }}
        onChange={(header) => onChange({ header })}
      />
      <Field
        label={t('build.body')}
        value={draft.body}
        place="body.text"
        max={kind === 'list' ? LENGTHS.listBody : LENGTHS.body}
        optional={kind === 'product'}
        lines
        faults={faults}
        onChange={(body) => onChange({ body })}
      />
      {hasFooter(kind) && (
        <Field
          label={t('build.footer')}
          value={draft.footer}
          place="footer.text"
          max={LENGTHS.footer}
          optional
          faults={faults}
          onChange={(footer) => onChange({ footer })}
        />
      )}
    </>
  )
}

/** Nothing, a line, or a file. */
export function HeaderFields(props: {
  readonly header: HeaderDraft
  readonly kinds: readonly HeaderKind[]
  readonly faults: Faults
  readonly place: string
  readonly onChange: (header: HeaderDraft) => void
}): ReactNode {
  const t = useT()
  const { header, kinds, faults, place, onChange } = props
  if (kinds.length === 1 && kinds[0] === 'none') return null
  return (
    <div className="flex flex-col gap-3">
      {kinds.length > 1 && (
        <SelectField
          label={t('template.header')}
          value={header.kind}
          choices={kinds.map((value) => ({ value, label: t(HEADER_WORDS[value]) }))}
          onChoose={(kind) => onChange({ ...header, kind, sampleId: null })}
        />
      )}
      {header.kind === 'text' && (
        <Field
          label={t('template.headerWords')}
          value={header.text}
          max={LENGTHS.headerText}
          place={`${place}.text`}
          faults={faults}
          onChange={(text) => onChange({ ...header, text })}
        />
      )}
      {header.kind !== 'none' && header.kind !== 'text' && (
        <SampleField
          key={header.kind}
          label={t(HEADER_WORDS[header.kind])}
          format={header.kind.toUpperCase()}
          kept={header.sampleId !== null}
          onKept={(sampleId) => onChange({ ...header, sampleId })}
        />
      )}
    </div>
  )
}
