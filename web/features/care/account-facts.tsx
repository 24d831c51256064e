import type { ReactNode } from 'react'
import type { AccountAnswer } from '../../../contract/api/care.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { type MessageKey, type Translate, useT } from '../../app/language.ts'
import { Section } from '../../ui/page.tsx'
import { AnswerAge, Fact, Facts } from './facts.tsx'
import { AskAgain } from './health-tab.tsx'

/**
 * Meta's words for how far a review or a verification is, in ours.
 * Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account
 */
const STATES: Readonly<Record<string, MessageKey>> = {
  APPROVED: 'account.state.APPROVED',
  PENDING: 'account.state.PENDING',
  PENDING_REVIEW: 'account.state.PENDING',
  DEFERRED: 'account.state.PENDING',
  REJECTED: 'account.state.REJECTED',
  DECLINED: 'account.state.REJECTED',
  NONE: 'account.state.NONE',
  NON_EXISTS: 'account.state.NONE',
  EXPIRED: 'account.state.EXPIRED',
  AVAILABLE_WITHOUT_REVIEW: 'account.state.AVAILABLE_WITHOUT_REVIEW',
  VERIFIED: 'account.state.verified',
  NOT_VERIFIED: 'account.state.not_verified',
}

/** Display name, verification and reviews. */
export function AccountFacts({
  number,
  answers,
}: {
  readonly number: BusinessNumber
  readonly answers: AccountAnswer['answers']
}): ReactNode {
  const t = useT()
  const facts = answers.number.value
  const account = answers.account.value
  return (
    <Section title={t('account.title')} lead={t('account.lead')}>
      <AskAgain numberId={number.id} />
      <div className="mt-3">
        <AnswerAge answer={answers.number} />
      </div>
      <Facts>
        <Fact name={t('account.displayName')}>
          <bdi>{facts?.displayName ?? number.verifiedName}</bdi>
        </Fact>
        <Fact name={t('account.nameReview')}>{stateWords(t, facts?.nameStatus)}</Fact>
        <Fact name={t('account.number')}>{stateWords(t, facts?.codeVerification)}</Fact>
        <Fact name={t('account.official')}>{officialWords(t, number, facts?.official)}</Fact>
        <Fact name={t('account.business')}>{stateWords(t, account?.businessVerification)}</Fact>
        <Fact name={t('account.review')}>{stateWords(t, account?.review)}</Fact>
        <Fact name={t('account.owner')}>
          <bdi>{account?.ownerName ?? t('account.notTold')}</bdi>
        </Fact>
        <Fact name={t('account.currency')}>{account?.currency ?? t('account.notTold')}</Fact>
      </Facts>
    </Section>
  )
}

function stateWords(t: Translate, word: string | null | undefined): string {
  if (word === null || word === undefined) return t('account.notTold')
  const key = STATES[word.toUpperCase()]
  return key === undefined ? word : t(key)
}

function officialWords(t: Translate, number: BusinessNumber, official: boolean | null | undefined): string {
  if (official === null || official === undefined) return t('account.notTold')
  if (official) return t('account.officialYes')
  return t(number.mode === 'coexistence' ? 'account.officialNo' : 'account.officialNoApi')
}
