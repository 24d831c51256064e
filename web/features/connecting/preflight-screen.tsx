import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { CircleAlert, CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type {
  PreflightAnswer,
  PreflightAnswerBody,
  PreflightKey,
  PreflightLine,
} from '../../../contract/api/preflight.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { ExcludedCountries } from './excluded-countries.tsx'
import { FailureLine } from './failure-line.tsx'
import { PreflightQuestion } from './preflight-question.tsx'

/** What is looked at, and what to do when it is not as it should be. */
const WORDS: Record<PreflightKey, readonly [MessageKey, MessageKey]> = {
  app_version: ['preflight.appVersion', 'preflight.appVersionDo'],
  app_since: ['preflight.appSince', 'preflight.appSinceDo'],
  app_active: ['preflight.appActive', 'preflight.appActiveDo'],
  country: ['preflight.country', 'preflight.countryDo'],
  business_verified: ['preflight.businessVerified', 'preflight.businessVerifiedDo'],
  facebook_page: ['preflight.facebookPage', 'preflight.facebookPageDo'],
  partner_type: ['preflight.partnerType', 'preflight.partnerTypeDo'],
  payer: ['preflight.payer', 'preflight.payerDo'],
  webhook_https: ['preflight.webhookHttps', 'preflight.webhookHttpsDo'],
  webhook_fields: ['preflight.webhookFields', 'preflight.webhookFieldsDo'],
  eligibility: ['preflight.eligibility', 'preflight.eligibilityDo'],
}
const KNOWN: Record<PreflightLine['known'], MessageKey> = {
  graph: 'preflight.knownGraph',
  checked: 'preflight.knownChecked',
  asked: 'preflight.knownAsked',
  none: 'preflight.knownNone',
}
const STANDING: Record<PreflightLine['standing'], MessageKey> = {
  ok: 'preflight.ok',
  care: 'preflight.care',
  trouble: 'preflight.trouble',
  unknown: 'preflight.unknown',
}

/** Before connecting: what Meta asks for, how each is known, and what to do. It warns and never forbids: Meta decides. */
export function PreflightScreen({ onNext }: { readonly onNext: () => void }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const result = useQuery({ queryKey: ['preflight'], queryFn: () => get<PreflightAnswer>('/connect/preflight') })
  const answering = useMutation({
    mutationFn: (body: PreflightAnswerBody) => post<PreflightAnswer>('/connect/preflight/answers', body),
    onSuccess: (answer) => answer.ok && queries.setQueryData(['preflight'], answer),
  })
  const looked = result.data
  if (looked === undefined) return <Skeleton className="h-64 rounded-md" />
  if (!looked.ok) {
    return (
      <p role="alert" className="text-danger">
        {failureWords(t, looked.failure)}
      </p>
    )
  }
  const { lines, answers, excluded, metaLists } = looked.value
  const troubles = lines.filter((line) => line.standing === 'trouble').length
  return (
    <Section title={t('preflight.title')} lead={t('preflight.lead')}>
      <ul data-testid="preflight">
        {lines.map((line) => (
          <Line key={line.key} line={line}>
            {line.known === 'asked' && (
              <PreflightQuestion
                preflightKey={line.key}
                answers={answers}
                onAnswer={(body) => answering.mutate(body)}
              />
            )}
            {line.key === 'country' && <ExcludedCountries excluded={excluded} metaLists={metaLists} />}
          </Line>
        ))}
      </ul>
      <FailureLine result={answering.data} />
      <p className="mt-4 flex flex-wrap items-center gap-2">
        <Button look="primary" onClick={onNext}>
          {t(troubles === 0 ? 'connect.next' : 'preflight.nextAnyway')}
        </Button>
        <Button disabled={result.isFetching} onClick={() => void result.refetch()}>
          {t('preflight.again')}
        </Button>
        {troubles > 0 && <span className="text-sm text-danger">{t('preflight.troubles', { count: troubles })}</span>}
      </p>
    </Section>
  )
}

const TONE = { ok: 'text-agent', care: 'text-phone', trouble: 'text-danger', unknown: 'text-ink-3' } as const
const ICON = { ok: CircleCheck, care: TriangleAlert, trouble: CircleAlert, unknown: CircleHelp } as const

function Line({ line, children }: { readonly line: PreflightLine; readonly children: ReactNode }): ReactNode {
  const t = useT()
  const [what, todo] = WORDS[line.key]
  const Icon = ICON[line.standing]
  return (
    <li
      data-testid={`preflight-${line.key}`}
      data-standing={line.standing}
      className="flex gap-3 border-t border-line py-3 first:border-t-0"
    >
      <Icon aria-hidden="true" className={clsx('mt-0.5 size-5 flex-none', TONE[line.standing])} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{t(what)}</span>
          <span className={clsx('text-sm', TONE[line.standing])}>{t(STANDING[line.standing])}</span>
          <span className="text-sm text-ink-3">{t(KNOWN[line.known])}</span>
        </p>
        {line.standing !== 'ok' && <p className="text-sm text-ink-2">{t(todo)}</p>}
        {line.detail !== null && line.known !== 'asked' && (
          <p dir="ltr" className="text-sm text-ink-3 [overflow-wrap:anywhere] rtl:text-end">
            {line.detail}
          </p>
        )}
        {children}
      </div>
    </li>
  )
}
