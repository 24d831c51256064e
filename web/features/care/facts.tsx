import type { ReactNode } from 'react'
import type { MetaAnswer } from '../../../contract/meta-answer.ts'
import { useT } from '../../app/language.ts'
import { KnownAt } from './known-at.tsx'

/** Names and what they are, in two columns; in one on a narrow screen. */
export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <dl className="grid grid-cols-[12rem_minmax(0,1fr)] gap-x-4 text-sm narrow:grid-cols-1 [&>dd]:border-line narrow:[&>dd]:border-0 [&>dd]:border-t [&>dt]:border-t [&>dt]:border-line">
      {children}
    </dl>
  )
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="pt-2 text-ink-3 narrow:pb-0 sm:py-2">{name}</dt>
      <dd className="min-w-0 py-2 [overflow-wrap:anywhere] narrow:pt-0">{children}</dd>
    </>
  )
}

/** Why there is no answer, or how old the one is that stands there. */
export function AnswerAge({ answer }: { readonly answer: MetaAnswer<unknown> }): ReactNode {
  const t = useT()
  const { value, failure, answeredAtMs } = answer
  return (
    <p className="mb-2 flex flex-wrap gap-x-3 text-sm">
      {value !== null && <KnownAt atMs={answeredAtMs} />}
      {value === null && failure === null && <span className="text-ink-3">{t('account.unasked')}</span>}
      {failure !== null && (
        <span className="text-danger">
          {t('account.unreadable', { code: failure.code === null ? t('health.errorNoAnswer') : String(failure.code) })}
        </span>
      )}
    </p>
  )
}
