import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AccountAnswer } from '../../../contract/api/care.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get } from '../../sync/api.ts'
import { Skeleton } from '../../ui/states.tsx'
import { useNumber } from '../numbers/use-number.ts'
import { AccountFacts } from './account-facts.tsx'
import { Permissions } from './permissions.tsx'
import { ProfileSection } from './profile-section.tsx'
import { UsernameSection } from './username-section.tsx'
import { WhoMay } from './who-may.tsx'

/** What Meta holds about the business behind a number, and what can be changed of it. */
export function AccountTab(): ReactNode {
  const t = useT()
  const number = useNumber()
  const numberId = number?.id ?? ''
  const answer = useQuery({
    queryKey: ['account', numberId],
    queryFn: () => get<AccountAnswer>(`/numbers/${numberId}/account`),
    enabled: number !== undefined,
  }).data
  if (number === undefined) return null
  if (answer === undefined) return <Skeleton className="h-96 w-full" />
  if (!answer.ok) {
    return (
      <p role="alert" className="text-danger">
        {failureWords(t, answer.failure)}
      </p>
    )
  }
  const { answers, usernameNews, picture } = answer.value
  return (
    <>
      <AccountFacts number={number} answers={answers} />
      <ProfileSection number={number} profile={answers.profile} picture={picture} />
      <UsernameSection numberId={number.id} username={answers.username} news={usernameNews} />
      <Permissions token={answers.token} />
      <WhoMay />
    </>
  )
}
