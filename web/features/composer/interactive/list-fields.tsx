import type { ReactNode } from 'react'
import { COUNTS, LENGTHS } from '../../../../contract/send-limits.ts'
import { useT } from '../../../app/language.ts'
import { NEW_ROW, NEW_SECTION, type SectionDraft } from './draft.ts'
import { Field, Together } from './field.tsx'
import type { Faults } from './find-faults.ts'
import type { PartProps } from './frame-fields.tsx'
import { Repeated } from './repeated.tsx'

/** The button that opens the list, and its rows in sections. */
export function ListFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const { sections } = draft
  const rows = sections.reduce((sum, section) => sum + section.rows.length, 0)
  return (
    <>
      <Field
        label={t('build.menu')}
        value={draft.menu}
        max={LENGTHS.label}
        place="action.button"
        faults={faults}
        onChange={(menu) => onChange({ menu })}
      />
      <Repeated
        legend={t('build.sections')}
        parts={sections}
        max={Math.min(COUNTS.sections, sections.length + COUNTS.rows - rows)}
        fresh={NEW_SECTION}
        addLabel={t('build.addSection')}
        removeLabel={(number) => t('build.removeSection', { number })}
        onChange={(next) => onChange({ sections: next })}
      >
        {(section, index, put) => (
          <SectionFields
            section={section}
            titled={sections.length > 1}
            room={COUNTS.rows - rows}
            place={`action.sections.${index}`}
            number={index + 1}
            faults={faults}
            onChange={put}
          />
        )}
      </Repeated>
      <Together faults={faults} places={['action.sections']} />
    </>
  )
}

function SectionFields(props: {
  readonly section: SectionDraft
  readonly titled: boolean
  /** How many rows may still come. */
  readonly room: number
  readonly place: string
  readonly number: number
  readonly faults: Faults
  readonly onChange: (section: SectionDraft) => void
}): ReactNode {
  const t = useT()
  const { section, place, faults, onChange } = props
  return (
    <div className="flex flex-col gap-3 rounded-sm border border-line p-3">
      <Field
        label={t('build.sectionTitle', { number: props.number })}
        value={section.title}
        max={LENGTHS.sectionTitle}
        optional={!props.titled}
        place={`${place}.title`}
        faults={faults}
        onChange={(title) => onChange({ ...section, title })}
      />
      <Repeated
        legend={t('build.rows')}
        parts={section.rows}
        max={section.rows.length + props.room}
        fresh={NEW_ROW}
        addLabel={t('build.addRow')}
        removeLabel={(number) => t('build.removeRow', { number })}
        onChange={(rows) => onChange({ ...section, rows })}
      >
        {(row, index, put) => (
          <div className="grid gap-2 sm:grid-cols-2">
            <Field
              label={t('build.row', { number: index + 1 })}
              value={row.title}
              max={LENGTHS.rowTitle}
              place={`${place}.rows.${index}.title`}
              faults={faults}
              onChange={(title) => put({ ...row, title })}
            />
            <Field
              label={t('build.rowDescription')}
              value={row.description}
              max={LENGTHS.rowDescription}
              optional
              place={`${place}.rows.${index}.description`}
              faults={faults}
              onChange={(description) => put({ ...row, description })}
            />
          </div>
        )}
      </Repeated>
    </div>
  )
}
