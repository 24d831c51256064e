import type { ReactNode } from 'react'
import { componentOf, type TemplateButton, type TemplateComponent } from '../../../contract/template.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { withComponent } from './builder-state.ts'
import { Faults } from './faults.tsx'

/** A one-time password: Meta writes the text, and this is what may be chosen. */
export function CodeFields({
  components,
  faults,
  onChange,
}: {
  readonly components: readonly TemplateComponent[]
  readonly faults: readonly TemplateFault[]
  readonly onChange: (components: TemplateComponent[]) => void
}): ReactNode {
  const t = useT()
  const body = componentOf(components, 'BODY') ?? { type: 'BODY' }
  const minutes = componentOf(components, 'FOOTER')?.code_expiration_minutes
  const button = componentOf(components, 'BUTTONS')?.buttons?.[0] ?? { type: 'OTP', otp_type: 'COPY_CODE' }
  const set = (type: string, component: TemplateComponent | null) =>
    onChange(withComponent(components, type, component))
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">{t('template.codeLead')}</p>
      <label className="flex items-center gap-2 phone:min-h-11">
        <input
          type="checkbox"
          checked={body.add_security_recommendation === true}
          onChange={(event) => set('BODY', { type: 'BODY', add_security_recommendation: event.target.checked })}
        />
        {t('template.codeAdvice')}
      </label>
      <TextField
        label={t('template.codeMinutes')}
        type="number"
        min={1}
        max={90}
        value={minutes === undefined ? '' : String(minutes)}
        onChange={(text) =>
          set('FOOTER', text === '' ? null : { type: 'FOOTER', code_expiration_minutes: Number(text) })
        }
      >
        <Faults faults={faults} place="footer" />
      </TextField>
      <OneTimePassword button={button} onChange={(next) => set('BUTTONS', { type: 'BUTTONS', buttons: [next] })} />
      <Faults faults={faults} place="buttons.0" />
      <Faults faults={faults} place="buttons" />
    </div>
  )
}

function OneTimePassword({
  button,
  onChange,
}: {
  readonly button: TemplateButton
  readonly onChange: (button: TemplateButton) => void
}): ReactNode {
  const t = useT()
  const kind = button.otp_type?.toUpperCase() ?? 'COPY_CODE'
  const app = button.supported_apps?.[0] ?? { package_name: '', signature_hash: '' }
  const setApp = (more: object) => onChange({ ...button, supported_apps: [{ ...app, ...more }] })
  return (
    <>
      <SelectField
        label={t('template.codeWay')}
        value={kind}
        choices={[
          { value: 'COPY_CODE', label: t('template.codeCopy') },
          { value: 'ONE_TAP', label: t('template.codeOneTap') },
          { value: 'ZERO_TAP', label: t('template.codeZeroTap') },
        ]}
        onChoose={(way) => onChange({ type: 'OTP', otp_type: way })}
      />
      {kind !== 'COPY_CODE' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t('template.codePackage')}
            dir="ltr"
            value={app.package_name}
            onChange={(name) => setApp({ package_name: name })}
          />
          <TextField
            label={t('template.codeHash')}
            dir="ltr"
            maxLength={11}
            value={app.signature_hash}
            onChange={(hash) => setApp({ signature_hash: hash })}
          />
        </div>
      )}
      {kind === 'ZERO_TAP' && (
        <label className="flex items-center gap-2 phone:min-h-11">
          <input
            type="checkbox"
            checked={button.zero_tap_terms_accepted === true}
            onChange={(event) => onChange({ ...button, zero_tap_terms_accepted: event.target.checked })}
          />
          {t('template.codeTerms')}
        </label>
      )}
    </>
  )
}
