import type { ReactNode } from 'react'
import {
  HEADER_FORMATS,
  keptSampleOf,
  SAMPLE_PREFIX,
  type TemplateComponent,
  variablesOf,
} from '../../../contract/template.ts'
import { HEADER_LENGTH_MAX } from '../../../contract/template-rules.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Faults } from './faults.tsx'
import { SampleField } from './sample-field.tsx'

const WORDS: Record<(typeof HEADER_FORMATS)[number], MessageKey> = {
  TEXT: 'template.header.text',
  IMAGE: 'template.header.image',
  VIDEO: 'template.header.video',
  DOCUMENT: 'template.header.document',
  LOCATION: 'template.header.location',
}

/** What stands above the text: nothing, words, a file, a place. */
export function HeaderFields({
  header,
  named,
  faults,
  place,
  formats = HEADER_FORMATS,
  onChange,
}: {
  readonly header: TemplateComponent | undefined
  readonly named: boolean
  readonly faults: readonly TemplateFault[]
  readonly place: string
  readonly formats?: readonly (typeof HEADER_FORMATS)[number][]
  readonly onChange: (header: TemplateComponent | null) => void
}): ReactNode {
  const t = useT()
  const format = header?.format ?? (header === undefined ? 'NONE' : 'TEXT')
  const optional = formats.includes('TEXT')
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label={t('template.header')}
        value={format}
        choices={[
          ...(optional ? [{ value: 'NONE', label: t('template.header.none') }] : []),
          ...formats.map((one) => ({ value: one as string, label: t(WORDS[one]) })),
        ]}
        onChoose={(next) => onChange(next === 'NONE' ? null : { type: 'HEADER', format: next })}
      />
      {header !== undefined && format === 'TEXT' && <WordsFields header={header} named={named} onChange={onChange} />}
      {header !== undefined && format !== 'TEXT' && format !== 'LOCATION' && (
        <SampleField
          key={format}
          label={t('template.headerSample')}
          format={format}
          kept={keptSampleOf(header) !== null || (header.example?.header_handle ?? []).length > 0}
          onKept={(id) => onChange({ ...header, example: { header_handle: [SAMPLE_PREFIX + id] } })}
        />
      )}
      {format === 'LOCATION' && <p className="text-sm text-ink-2">{t('template.header.locationLead')}</p>}
      <Faults faults={faults} place={place} />
    </div>
  )
}

function WordsFields({
  header,
  named,
  onChange,
}: {
  readonly header: TemplateComponent
  readonly named: boolean
  readonly onChange: (header: TemplateComponent) => void
}): ReactNode {
  const t = useT()
  const [variable] = variablesOf(header.text)
  const { header_text: texts, header_text_named_params: params } = header.example ?? {}
  const exampleOf = (sample: string) =>
    named ? { header_text_named_params: [{ param_name: variable ?? '', example: sample }] } : { header_text: [sample] }
  return (
    <>
      <TextField
        label={t('template.headerWords')}
        maxLength={HEADER_LENGTH_MAX + 20}
        value={header.text ?? ''}
        onChange={(text) => onChange({ ...header, text })}
      />
      {variable !== undefined && (
        <TextField
          label={t('template.sampleOf', { name: `{{${variable}}}` })}
          value={(named ? params?.[0]?.example : texts?.[0]) ?? ''}
          onChange={(sample) => onChange({ ...header, example: exampleOf(sample) })}
        />
      )}
    </>
  )
}
