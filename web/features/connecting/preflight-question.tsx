import { type ReactNode, useId, useState } from 'react'
import {
  type PreflightAnswer,
  type PreflightAnswerBody,
  type PreflightKey,
  preflightAnswerBody,
  type Question,
} from '../../../contract/api/preflight.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'

interface Form {
  readonly question: Question
  readonly label: MessageKey
  readonly type: 'text' | 'date' | 'tel'
  readonly choices?: readonly (readonly [string, MessageKey])[]
}

const YES_NO = [
  ['yes', 'preflight.yes'],
  ['no', 'preflight.no'],
] as const

/** How each line is asked about; the others are looked up. */
const FORMS: Partial<Record<PreflightKey, Form>> = {
  app_version: { question: 'app_version', label: 'preflight.askAppVersion', type: 'text' },
  app_since: { question: 'app_since', label: 'preflight.askAppSince', type: 'date' },
  app_active: { question: 'app_active', label: 'preflight.askAppActive', type: 'date' },
  country: { question: 'phone', label: 'preflight.askPhone', type: 'tel' },
  business_verified: {
    question: 'business_verified',
    label: 'preflight.askBusinessVerified',
    type: 'text',
    choices: YES_NO,
  },
  facebook_page: { question: 'facebook_page', label: 'preflight.askFacebookPage', type: 'text', choices: YES_NO },
  partner_type: {
    question: 'partner_type',
    label: 'preflight.askPartnerType',
    type: 'text',
    choices: [
      ['tech_provider', 'preflight.techProvider'],
      ['solution_partner', 'preflight.solutionPartner'],
      ['none', 'preflight.noPartner'],
    ],
  },
  payer: {
    question: 'payer',
    label: 'preflight.askPayer',
    type: 'text',
    choices: [
      ['own', 'preflight.payerOwn'],
      ['credit_line', 'preflight.payerCreditLine'],
      ['none', 'preflight.payerNone'],
    ],
  },
}

/** The question that only a person can answer; an answer is kept and may be changed. */
export function PreflightQuestion({
  preflightKey,
  answers,
  onAnswer,
}: {
  readonly preflightKey: PreflightKey
  readonly answers: PreflightAnswer['answers']
  readonly onAnswer: (body: PreflightAnswerBody) => void
}): ReactNode {
  const form = FORMS[preflightKey]
  if (form === undefined) return null
  const answer = answers[form.question] ?? ''
  const give = (text: string) => {
    const body = preflightAnswerBody.safeParse({ question: form.question, answer: text.trim() })
    if (body.success) onAnswer(body.data)
    return body.success
  }
  return form.choices === undefined ? (
    <Written key={answer} form={form} answer={answer} give={give} />
  ) : (
    <Chosen form={form} choices={form.choices} answer={answer} give={give} />
  )
}

interface AskProps {
  readonly form: Form
  readonly answer: string
  readonly give: (text: string) => boolean
}

function Written({ form, answer, give }: AskProps): ReactNode {
  const t = useT()
  const id = useId()
  const [text, setText] = useState(answer)
  const [wrong, setWrong] = useState(false)
  return (
    <form
      className="mt-1.5 flex flex-wrap items-center gap-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(!give(text))
      }}
    >
      <label htmlFor={id}>{t(form.label)}</label>
      <input
        id={id}
        dir="ltr"
        type={form.type}
        value={text}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
        className="min-h-8 w-44 rounded-sm border border-line-strong bg-surface px-2 text-ink phone:min-h-11"
      />
      <Button type="submit" disabled={text.trim() === '' || text === answer}>
        {t('preflight.save')}
      </Button>
      {wrong && (
        <span role="alert" className="text-danger">
          {t('preflight.wrongForm')}
        </span>
      )}
    </form>
  )
}

function Chosen({
  form,
  choices,
  answer,
  give,
}: AskProps & { readonly choices: NonNullable<Form['choices']> }): ReactNode {
  const t = useT()
  const name = useId()
  return (
    <fieldset className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <legend className="float-start me-3">{t(form.label)}</legend>
      {choices.map(([value, words]) => (
        <label key={value} className="flex items-center gap-1.5 phone:min-h-11">
          <input type="radio" name={name} checked={answer === value} onChange={() => give(value)} />
          {t(words)}
        </label>
      ))}
    </fieldset>
  )
}
