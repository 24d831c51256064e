import { type FormEvent, type ReactNode, useState } from 'react'
import { componentOf, type TemplateComponent } from '../../../contract/template.ts'
import { BODY_LENGTH_MAX, checkTemplate, FOOTER_LENGTH_MAX } from '../../../contract/template-rules.ts'
import { OFFER_LENGTH_MAX } from '../../../contract/template-rules-kinds.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { BodyFields } from './body-fields.tsx'
import { type Draft, toldFaults, withComponent } from './builder-state.ts'
import { ButtonFields } from './button-fields.tsx'
import { CardFields, newCarousel } from './card-fields.tsx'
import { CodeFields } from './code-fields.tsx'
import { Faults } from './faults.tsx'
import { HeaderFields } from './header-fields.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { useCodePreview } from './use-code-preview.ts'

interface BuilderProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  /** The fields above the text: account, name, language, category. */
  readonly basics: (faults: readonly TemplateFault[]) => ReactNode
  readonly busy: boolean
  readonly problem: string | null
  /** `ask`: another person shall review it at once. */
  readonly onSave: (ask: boolean) => void
  readonly onCancel: () => void
}

/** Writes a template: its parts on one side, the phone on the other; Meta's rules are checked with every key. */
export function Builder({ draft, onChange, basics, busy, problem, onSave, onCancel }: BuilderProps): ReactNode {
  const t = useT()
  const [tried, setTried] = useState(false)
  const faults = checkTemplate(draft)
  const told = toldFaults(faults, draft, tried)
  const fixed = useCodePreview(draft)
  const nameable = /^[a-z0-9_]+$/.test(draft.name)
  function ask(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (faults.length === 0) onSave(true)
  }
  return (
    <form onSubmit={ask} noValidate className="grid gap-5 lg:grid-cols-[1fr_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {basics(told)}
        <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-5 py-4">
          {draft.libraryName === null ? (
            <Parts draft={draft} faults={told} onChange={onChange} />
          ) : (
            <p className="text-ink-2">{t('template.libraryFixed')}</p>
          )}
          <Faults faults={told} place="form" />
        </div>
        {problem !== null && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <p role="status" className="text-sm text-ink-2">
          {tried && faults.length > 0 ? t('template.faultsLeft', { count: faults.length }) : ''}
        </p>
        <p className="flex flex-wrap gap-2">
          <Button look="primary" type="submit" disabled={busy}>
            {t('template.saveAndAsk')}
          </Button>
          <Button disabled={busy || !nameable} onClick={() => onSave(false)}>
            {t('template.saveDraft')}
          </Button>
          <Button look="ghost" onClick={onCancel}>
            {t('template.cancel')}
          </Button>
        </p>
      </div>
      <div className="lg:sticky lg:top-0 lg:self-start">
        <p className="mb-1.5 text-sm text-ink-2">{t('template.previewLead')}</p>
        <TemplatePreview wording={draft} language={draft.language} fixed={fixed} />
        {fixed !== null && <p className="mt-1.5 text-sm text-ink-2">{t('template.codeByMeta')}</p>}
      </div>
    </form>
  )
}

function Parts({
  draft,
  faults,
  onChange,
}: {
  readonly draft: Draft
  readonly faults: readonly TemplateFault[]
  readonly onChange: (draft: Draft) => void
}): ReactNode {
  const { components } = draft
  const put = (next: TemplateComponent[]) => onChange({ ...draft, components: next })
  const set = (type: string, component: TemplateComponent | null) => put(withComponent(components, type, component))
  const named = draft.parameterFormat === 'NAMED'
  if (draft.category === 'AUTHENTICATION') {
    return <CodeFields components={components} faults={faults} onChange={put} />
  }
  const carousel = componentOf(components, 'CAROUSEL')
  return (
    <>
      {carousel === undefined && (
        <HeaderFields
          header={componentOf(components, 'HEADER')}
          place="header"
          onChange={(header) => set('HEADER', header)}
          {...{ named, faults }}
        />
      )}
      <BodyFields
        body={componentOf(components, 'BODY') ?? { type: 'BODY', text: '' }}
        max={BODY_LENGTH_MAX}
        place="body"
        onChange={(body) => set('BODY', body)}
        {...{ named, faults }}
      />
      {draft.category === 'MARKETING' && <Extras {...{ draft, faults, set, put }} />}
      {carousel === undefined ? (
        <Below {...{ components, faults, set }} />
      ) : (
        <CardFields carousel={carousel} onChange={(next) => set('CAROUSEL', next)} {...{ named, faults }} />
      )}
    </>
  )
}

/** What only marketing has: an offer that ends, and cards. */
function Extras({
  draft,
  faults,
  set,
  put,
}: {
  readonly draft: Draft
  readonly faults: readonly TemplateFault[]
  readonly set: (type: string, component: TemplateComponent | null) => void
  readonly put: (components: TemplateComponent[]) => void
}): ReactNode {
  const t = useT()
  const offer = componentOf(draft.components, 'LIMITED_TIME_OFFER')
  const cards = componentOf(draft.components, 'CAROUSEL')
  const body = draft.components.filter(({ type }) => type === 'BODY')
  return (
    <div className="flex flex-col gap-3">
      <label className="flex items-center gap-2 phone:min-h-11">
        <input
          type="checkbox"
          checked={cards !== undefined}
          onChange={(event) => put(event.target.checked ? [...body, newCarousel()] : body)}
        />
        {t('template.withCards')}
      </label>
      {cards === undefined && (
        <label className="flex items-center gap-2 phone:min-h-11">
          <input
            type="checkbox"
            checked={offer !== undefined}
            onChange={(event) =>
              set(
                'LIMITED_TIME_OFFER',
                event.target.checked
                  ? { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: '', has_expiration: true } }
                  : null,
              )
            }
          />
          {t('template.withOffer')}
        </label>
      )}
      {offer !== undefined && (
        <TextField
          label={t('template.offer')}
          maxLength={OFFER_LENGTH_MAX + 10}
          value={offer.limited_time_offer?.text ?? ''}
          onChange={(text) =>
            set('LIMITED_TIME_OFFER', { ...offer, limited_time_offer: { text, has_expiration: true } })
          }
        >
          <Faults faults={faults} place="offer" />
        </TextField>
      )}
    </div>
  )
}

function Below({
  components,
  faults,
  set,
}: {
  readonly components: readonly TemplateComponent[]
  readonly faults: readonly TemplateFault[]
  readonly set: (type: string, component: TemplateComponent | null) => void
}): ReactNode {
  const t = useT()
  return (
    <>
      <TextField
        label={t('template.footer')}
        maxLength={FOOTER_LENGTH_MAX + 20}
        value={componentOf(components, 'FOOTER')?.text ?? ''}
        onChange={(text) => set('FOOTER', text === '' ? null : { type: 'FOOTER', text })}
      >
        <Faults faults={faults} place="footer" />
      </TextField>
      <ButtonFields
        buttons={componentOf(components, 'BUTTONS')?.buttons ?? []}
        place="buttons"
        onChange={(buttons) => set('BUTTONS', buttons.length === 0 ? null : { type: 'BUTTONS', buttons })}
        faults={faults}
      />
    </>
  )
}
