import { useMutation } from '@tanstack/react-query'
import { ArrowLeft, Send } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { SampleMediaAnswer, Template } from '../../../contract/api/templates.ts'
import { keptSampleOf, PRICED_AS, type TemplateWording } from '../../../contract/template.ts'
import {
  fillTemplate,
  type InputValue,
  inputsOf,
  missingInputs,
  shownTemplate,
  type TemplateInput,
} from '../../../contract/template-send.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { type Failure, post, type Result } from '../../sync/api.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { CostStopped } from '../costs/cost-stopped.tsx'
import { useEstimate } from '../costs/use-estimate.ts'
import { NextCost } from './category-comes.tsx'
import { MarketingRest } from './marketing-rest.tsx'
import { PhoneNeeded, usePhoneNeeded } from './phone-needed.tsx'
import { PlaceWait } from './place-wait.tsx'
import { readValue } from './read-values.ts'
import { rememberedValues, rememberSent } from './remembered.ts'
import { SampleField } from './sample-field.tsx'
import { TemplateCost } from './template-cost.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { useTemplateLimits } from './use-template-limits.ts'

type Typed = Readonly<Record<string, string | undefined>>

/** Fills in a template for one customer: what is typed stands in the preview at once, and is remembered for the next. */
export function TemplateForm({
  template,
  conversation,
  onBack,
  onSent,
}: {
  readonly template: Template
  readonly conversation: { readonly id: string; readonly numberId: string }
  readonly onBack: () => void
  readonly onSent: () => void
}): ReactNode {
  const t = useT()
  const { wording, inputs, typed, setTyped, files, setFiles, ready, sending, estimate } = useFilling(
    template,
    conversation,
    onSent,
  )
  const limits = useTemplateLimits(conversation.id)
  const restsUntilMs = wording.category === 'MARKETING' ? (limits?.marketingFromMs ?? null) : null
  const stopped = estimate?.stopped === true
  const next = template.meta?.nextCategory ?? null
  const phoneNeeded = usePhoneNeeded(conversation.id, wording.category)
  const refused = !ready || stopped || restsUntilMs !== null || phoneNeeded
  function send(event: FormEvent): void {
    event.preventDefault()
    if (!refused) sending.mutate(false)
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-3" data-testid="template-form">
      <Head name={template.name} onBack={onBack} />
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex flex-col gap-3">
          {inputs.map((input) => (
            <Input
              key={input.key}
              input={input}
              value={typed[input.key] ?? ''}
              kept={files[input.key] !== undefined}
              onType={(value) => setTyped({ ...typed, [input.key]: value })}
              onKept={(sampleId) => setFiles({ ...files, [input.key]: sampleId })}
            />
          ))}
          {inputs.length === 0 && <p className="text-sm text-ink-2">{t('picker.nothing')}</p>}
        </div>
        <TemplatePreview wording={wording} language={template.language} values={typed} files={files} />
      </div>
      {sending.data?.ok === false && <Refused failure={sending.data.failure} />}
      {phoneNeeded && <PhoneNeeded />}
      <MarketingRest untilMs={restsUntilMs} />
      <PlaceWait id={conversation.id} />
      {stopped && ready && <CostStopped estimate={estimate} onConfirm={() => sending.mutate(true)} />}
      {next !== null && <NextCost conversationId={conversation.id} next={next} />}
      <p className="flex flex-wrap items-center gap-3">
        <TemplateCost estimate={estimate} category={wording.category} />
        <Button
          look="primary"
          type="submit"
          className="ms-auto min-h-9"
          disabled={refused || sending.isPending}
          data-testid="send-template"
        >
          <Send aria-hidden="true" className="turns size-4" />
          {t('composer.send')}
        </Button>
      </p>
    </form>
  )
}

function Refused({ failure }: { readonly failure: Failure }): ReactNode {
  return (
    <p role="alert" className="text-sm text-danger">
      {failureWords(useT(), failure)}
    </p>
  )
}

function Head({ name, onBack }: { readonly name: string; readonly onBack: () => void }): ReactNode {
  const t = useT()
  return (
    <p className="flex items-center gap-2">
      <IconButton label={t('picker.back')} onClick={onBack}>
        <ArrowLeft aria-hidden="true" className="turns size-4" />
      </IconButton>
      <span className="min-w-0 truncate font-medium" dir="ltr">
        {name}
      </span>
    </p>
  )
}

/** What is typed and chosen, whether it is enough, and the sending of it. */
function useFilling(
  template: Template,
  conversation: { readonly id: string; readonly numberId: string },
  onSent: () => void,
) {
  const me = useSync((state) => state.inbox?.me ?? '')
  const wording = sentWording(template)
  const inputs = inputsOf(wording)
  const estimate = useEstimate(conversation.id, PRICED_AS[wording.category])
  const [typed, setTyped] = useState<Typed>(() => rememberedValues(localStorage, me, template.id))
  const [files, setFiles] = useState<Typed>(() => ownSamples(template))
  const ready = inputs.every((input) =>
    isFile(input) ? files[input.key] !== undefined : readValue(input, typed[input.key] ?? '') !== undefined,
  )
  const sending = useMutation({
    mutationFn: (_costConfirmed: boolean) => compose(wording, conversation.numberId, { typed, files }),
    onSuccess: (filled, costConfirmed) => {
      if (!filled.ok) return
      const components = filled.value
      const { name, language } = template
      const shown = shownTemplate({ name, language }, wording, components)
      const sampleId = files.header
      const outgoing = {
        content: { type: 'template', name, language, components },
        shown: sampleId === undefined ? shown : { ...shown, sampleId },
      } as const
      sync.sendTemplate(conversation.id, outgoing, costConfirmed)
      rememberSent(localStorage, me, template.id, textsOf(typed))
      onSent()
    },
  })
  return { wording, inputs, typed, setTyped, files, setFiles, ready, sending, estimate }
}

const LABELS: Record<TemplateInput['kind'], MessageKey> = {
  text: 'picker.text',
  code: 'picker.code',
  time: 'picker.time',
  location: 'picker.location',
  image: 'template.header.image',
  video: 'template.header.video',
  document: 'template.header.document',
}

function Input({
  input,
  value,
  kept,
  onType,
  onKept,
}: {
  readonly input: TemplateInput
  readonly value: string
  readonly kept: boolean
  readonly onType: (value: string) => void
  readonly onKept: (sampleId: string) => void
}): ReactNode {
  const t = useT()
  const card = /^card\.(\d+)/.exec(input.key)
  const name = input.name === null ? t(LABELS[input.kind]) : `{{${input.name}}}`
  const label = card === null ? name : `${t('template.card', { number: Number(card[1]) + 1 })}: ${name}`
  if (isFile(input)) {
    return <SampleField label={label} format={input.kind.toUpperCase()} kept={kept} onKept={onKept} />
  }
  return (
    <TextField
      label={label}
      value={value}
      type={input.kind === 'time' ? 'datetime-local' : 'text'}
      placeholder={input.kind === 'location' ? '24.7136, 46.6753' : (input.sample ?? '')}
      autoComplete="off"
      onChange={onType}
    />
  )
}

/** What Meta sends: its own wording, and of ours the sample that the header shows. */
function sentWording({ wording, meta }: Template): TemplateWording {
  return meta === null ? wording : { ...wording, ...meta.wording, category: categoryOf(meta.category, wording) }
}

function categoryOf(word: string, { category }: TemplateWording): TemplateWording['category'] {
  return word === 'MARKETING' || word === 'UTILITY' || word === 'AUTHENTICATION' ? word : category
}

/** The samples that Wasl keeps stand in the headers until somebody chooses another file. */
function ownSamples({ wording }: Template): Typed {
  const { components } = wording
  const header = keptSampleOf(components.find(({ type }) => type === 'HEADER'))
  const cards = components.find(({ type }) => type === 'CAROUSEL')?.cards ?? []
  const ofCards = cards.flatMap((card, index) => {
    const sample = keptSampleOf(card.components.find(({ type }) => type === 'HEADER'))
    return sample === null ? [] : [[`card.${index}.header`, sample] as const]
  })
  return Object.fromEntries([...(header === null ? [] : [['header', header] as const]), ...ofCards])
}

function isFile({ kind }: TemplateInput): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document'
}

function textsOf(typed: Typed): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

/** The components of the send; files are given to Meta first. */
async function compose(
  wording: TemplateWording,
  numberId: string,
  { typed, files }: { readonly typed: Typed; readonly files: Typed },
): Promise<Result<ReturnType<typeof fillTemplate>>> {
  const values: Record<string, InputValue | undefined> = {}
  for (const input of inputsOf(wording)) {
    if (!isFile(input)) values[input.key] = readValue(input, typed[input.key] ?? '')
    else {
      const given = await post<SampleMediaAnswer>(`/templates/samples/${files[input.key]}/media`, { numberId })
      if (!given.ok) return given
      values[input.key] = { mediaId: given.value.mediaId }
    }
  }
  const components = fillTemplate(wording, values)
  if (missingInputs(wording, components).length === 0) return { ok: true, value: components }
  return { ok: false, failure: { kind: 'refused', code: 'template_inputs', status: 422 } }
}
