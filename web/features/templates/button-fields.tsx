import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ButtonType, type TemplateButton, variablesOf } from '../../../contract/template.ts'
import { CODE_LENGTH_MAX, firstExample, LABEL_LENGTH_MAX } from '../../../contract/template-rules-buttons.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { IconButton } from '../../ui/button.tsx'
import { FIELD, TextField } from '../../ui/fields.tsx'
import { Faults } from './faults.tsx'

/** Those that people add by hand; a one-time password has a form of its own. */
const WORDS: Record<Exclude<ButtonType, 'OTP'>, MessageKey> = {
  QUICK_REPLY: 'template.button.reply',
  URL: 'template.button.url',
  PHONE_NUMBER: 'template.button.phone',
  COPY_CODE: 'template.button.code',
  FLOW: 'template.button.flow',
  CATALOG: 'template.button.catalog',
  MPM: 'template.button.products',
  SPM: 'template.button.product',
  VOICE_CALL: 'template.button.call',
  ORDER_DETAILS: 'template.button.order',
  REQUEST_CONTACT_INFO: 'template.button.contact',
}
/** Meta writes these labels itself. */
const WITHOUT_LABEL = new Set(['COPY_CODE', 'SPM', 'REQUEST_CONTACT_INFO'])

/** The buttons below a text. */
export function ButtonFields({
  buttons,
  faults,
  place,
  onChange,
}: {
  readonly buttons: readonly TemplateButton[]
  readonly faults: readonly TemplateFault[]
  readonly place: string
  readonly onChange: (buttons: TemplateButton[]) => void
}): ReactNode {
  const t = useT()
  const put = (index: number, button: TemplateButton) => onChange(buttons.with(index, button))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">{t('template.buttons')}</legend>
      {buttons.map((button, index) => (
        <div key={`button ${String(index)}`} className="rounded-sm border border-line p-3">
          <p className="mb-2 flex items-center gap-2 text-sm text-ink-2">
            <span className="flex-1">
              {wordsOf(button.type) === null ? button.type : t(wordsOf(button.type) as MessageKey)}
            </span>
            <IconButton
              label={t('template.removeButton', { number: index + 1 })}
              onClick={() => onChange(buttons.toSpliced(index, 1))}
            >
              <Trash2 aria-hidden="true" className="size-4" />
            </IconButton>
          </p>
          <ButtonForm button={button} onChange={(next) => put(index, next)} />
          <Faults faults={faults} place={`${place}.${index}`} />
        </div>
      ))}
      <label className="flex flex-wrap items-center gap-2 text-sm">
        {t('template.addButton')}
        <select
          value=""
          onChange={(event) => onChange([...buttons, { type: event.target.value, text: '' }])}
          className={`${FIELD} max-w-64`}
        >
          <option value="">{t('template.chooseButton')}</option>
          {Object.entries(WORDS).map(([type, words]) => (
            <option key={type} value={type}>
              {t(words)}
            </option>
          ))}
        </select>
      </label>
      <Faults faults={faults} place={place} />
    </fieldset>
  )
}

function ButtonForm({
  button,
  onChange,
}: {
  readonly button: TemplateButton
  readonly onChange: (button: TemplateButton) => void
}): ReactNode {
  const t = useT()
  const set = (more: Partial<TemplateButton>) => onChange({ ...button, ...more })
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {!WITHOUT_LABEL.has(button.type) && (
        <TextField
          label={t('template.label')}
          value={button.text ?? ''}
          maxLength={LABEL_LENGTH_MAX + 20}
          onChange={(text) => set({ text })}
        />
      )}
      {button.type === 'URL' && (
        <TextField label={t('template.url')} dir="ltr" value={button.url ?? ''} onChange={(url) => set({ url })} />
      )}
      {button.type === 'URL' && variablesOf(button.url).length > 0 && (
        <TextField
          label={t('template.urlSample')}
          dir="ltr"
          value={firstExample(button) ?? ''}
          onChange={(example) => set({ example: [example] })}
        />
      )}
      {button.type === 'PHONE_NUMBER' && (
        <TextField
          label={t('template.phone')}
          dir="ltr"
          type="tel"
          value={button.phone_number ?? ''}
          onChange={(phone) => set({ phone_number: phone })}
        />
      )}
      {button.type === 'COPY_CODE' && (
        <TextField
          label={t('template.codeSample')}
          dir="ltr"
          maxLength={CODE_LENGTH_MAX}
          value={firstExample(button) ?? ''}
          onChange={(example) => set({ example, text: undefined })}
        />
      )}
      {button.type === 'FLOW' && (
        <TextField
          label={t('template.flowId')}
          dir="ltr"
          value={button.flow_id ?? ''}
          onChange={(flow) => set({ flow_id: flow })}
        />
      )}
    </div>
  )
}

function wordsOf(type: string): MessageKey | null {
  return Object.hasOwn(WORDS, type) ? WORDS[type as keyof typeof WORDS] : null
}
