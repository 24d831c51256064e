import { Braces } from 'lucide-react'
import type { ReactNode } from 'react'
import { type TemplateComponent, variablesOf } from '../../../contract/template.ts'
import { sampleOf, type TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/fields.tsx'
import { nextVariable, withSample } from './builder-state.ts'
import { Faults } from './faults.tsx'

/** The text itself, its variables, and a sample for each. */
export function BodyFields({
  body,
  named,
  max,
  faults,
  place,
  onChange,
}: {
  readonly body: TemplateComponent
  readonly named: boolean
  readonly max: number
  readonly faults: readonly TemplateFault[]
  readonly place: string
  readonly onChange: (body: TemplateComponent) => void
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const text = body.text ?? ''
  const names = variablesOf(text)
  return (
    <div className="flex flex-col gap-3">
      <TextArea label={t('template.body')} rows={6} value={text} onChange={(next) => onChange({ ...body, text: next })}>
        <p className="mt-1 text-sm text-ink-3">
          <span className="num">{`${formats.number(text.length)} / ${formats.number(max)}`}</span>
        </p>
        <Faults faults={faults} place={place} />
      </TextArea>
      <p className="-mt-1 flex flex-wrap items-center gap-3">
        <Button onClick={() => onChange({ ...body, text: `${text} ${nextVariable(names, named)} `.trimStart() })}>
          <Braces aria-hidden="true" className="size-4" />
          {t('template.addVariable')}
        </Button>
        <span className="text-sm text-ink-2">{t('template.variablesLead')}</span>
      </p>
      {names.length > 0 && (
        <fieldset className="grid gap-3 sm:grid-cols-2">
          <legend className="mb-1.5 text-sm text-ink-2">{t('template.samples')}</legend>
          {names.map((name) => (
            <TextField
              key={name}
              label={t('template.sampleOf', { name: `{{${name}}}` })}
              value={sampleOf(body, name) ?? ''}
              onChange={(sample) => onChange(withSample(body, name, sample, named))}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
