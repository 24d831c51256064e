import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { HealthAnswer } from '../../../contract/api/care.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { type Failure, get, post } from '../../sync/api.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useNumber } from '../numbers/use-number.ts'
import { FieldList } from './field-list.tsx'
import { HealthErrors } from './health-errors.tsx'
import { HealthLines } from './health-lines.tsx'

/** What is shown is read again this often, so that throughput and lag are those of now. Milliseconds. */
const REFRESH_MS = 5_000

/** How every side of a number stands. */
export function HealthTab(): ReactNode {
  const t = useT()
  const number = useNumber()
  const numberId = number?.id ?? ''
  const answer = useQuery({
    queryKey: ['health', numberId],
    queryFn: () => get<HealthAnswer>(`/numbers/${numberId}/health`),
    refetchInterval: REFRESH_MS,
    enabled: number !== undefined,
  }).data
  if (number === undefined) return null
  return (
    <>
      <Section title={t('health.title')} lead={t('health.lead')}>
        <AskAgain numberId={numberId} />
        {answer === undefined && <Skeleton className="mt-3 h-72 w-full" />}
        {answer?.ok === false && (
          <p role="alert" className="mt-3 text-danger">
            {failureWords(t, answer.failure)}
          </p>
        )}
        {answer?.ok === true && <HealthLines lines={answer.value.lines} />}
      </Section>
      {answer?.ok === true && <HealthErrors errors={answer.value.errors} />}
      {answer?.ok === true && <FieldList fields={answer.value.fields} />}
      <Section title={t('health.bundle')} lead={t('health.bundleLead')}>
        <a href={`/api/v1/numbers/${numberId}/support-bundle`} download className={buttonClass()}>
          <Download aria-hidden="true" className="size-4" />
          {t('health.bundle')}
        </a>
      </Section>
    </>
  )
}

/** Asks Meta everything anew, and says what came of it. */
export function AskAgain({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [state, setState] = useState<'idle' | 'asking' | 'asked' | Failure>('idle')
  async function ask(): Promise<void> {
    setState('asking')
    const answer = await post<undefined>(`/numbers/${numberId}/meta-answers`, {})
    setState(answer.ok ? 'asked' : answer.failure)
    await queries.invalidateQueries({ queryKey: ['health', numberId] })
    await queries.invalidateQueries({ queryKey: ['account', numberId] })
  }
  const failed = typeof state === 'object'
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabled={state === 'asking'} onClick={() => void ask()} data-testid="ask-meta">
        <RefreshCw aria-hidden="true" className="size-4" />
        {t('health.askAgain')}
      </Button>
      <p role="status" className={failed ? 'text-sm text-danger' : 'text-sm text-ink-2'}>
        {state === 'asking' && t('health.asking')}
        {state === 'asked' && t('health.asked')}
        {failed && failureWords(t, state)}
      </p>
    </div>
  )
}
