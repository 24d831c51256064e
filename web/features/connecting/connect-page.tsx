import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ConnectingAnswer, OnboardingAnswer, OnboardingView } from '../../../contract/api/connecting.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { get } from '../../sync/api.ts'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { ChangesScreen } from './changes-screen.tsx'
import { DoneScreen } from './done-screen.tsx'
import { EndButton } from './end-button.tsx'
import { ImportScreen } from './import-screen.tsx'
import { ModelScreen } from './model-screen.tsx'
import { NumbersScreen } from './numbers-screen.tsx'
import { PreflightScreen } from './preflight-screen.tsx'
import { RunScreen } from './run-screen.tsx'
import { isMoving, type Screen, screenOf } from './screens.ts'
import { SignupScreen } from './signup-screen.tsx'
import { StepList } from './step-list.tsx'
import { TokenScreen } from './token-screen.tsx'

/** How often an onboarding is looked at that moves by itself. Milliseconds. */
const REFRESH_MS = 2_000

/** Connecting a number, step by step. What was done stands on the server: a reload goes on where it was. */
export function ConnectPage(): ReactNode {
  const t = useT()
  const result = useQuery({ queryKey: ['connect'], queryFn: () => get<ConnectingAnswer>('/connect') }).data
  return (
    <Page title={t('connect.title')} lead={t('connect.lead')} menu={<MenuButton />}>
      {result === undefined && <Skeleton className="h-64 rounded-md" />}
      {result?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, result.failure)}
        </p>
      )}
      {result?.ok === true && <Wizard answer={result.value} />}
    </Page>
  )
}

function Wizard({ answer }: { readonly answer: ConnectingAnswer }): ReactNode {
  const [id, setId] = useState(answer.open?.id ?? null)
  const [before, setBefore] = useState<'check' | 'model'>('check')
  const onboarding = useOnboarding(id, answer.open)
  const numberId = useSearch({ strict: false, select: (search) => search.number }) ?? null
  const screen: Screen = onboarding === null ? before : screenOf(onboarding)
  const begun = (started: OnboardingView | null) => {
    setId(started?.id ?? null)
    setBefore('check')
  }
  return (
    <div className="grid gap-4 roomy:grid-cols-[15rem_1fr] roomy:items-start">
      <StepList screen={screen} way={onboarding?.way ?? null} />
      <div className="flex min-w-0 flex-col gap-4" data-testid={`connect-${screen}`}>
        {screen === 'check' && <PreflightScreen onNext={() => setBefore('model')} />}
        {screen === 'model' && (
          <ModelScreen
            numberId={numberId}
            onBack={() => setBefore('check')}
            onBegin={begun}
            launcher={answer.launcher}
          />
        )}
        {onboarding !== null && <OpenScreen screen={screen} onboarding={onboarding} answer={answer} />}
        {onboarding?.state === 'open' && <EndButton onboarding={onboarding} onEnd={() => begun(null)} />}
      </div>
    </div>
  )
}

function OpenScreen({
  screen,
  onboarding,
  answer,
}: {
  readonly screen: Screen
  readonly onboarding: OnboardingView
  readonly answer: ConnectingAnswer
}): ReactNode {
  switch (screen) {
    case 'changes':
      return <ChangesScreen onboarding={onboarding} />
    case 'import':
      return <ImportScreen onboarding={onboarding} />
    case 'signup':
      return onboarding.way === 'api_token' ? (
        <TokenScreen onboarding={onboarding} />
      ) : (
        <SignupScreen onboarding={onboarding} launcher={answer.launcher} origins={answer.origins} />
      )
    case 'numbers':
      return <NumbersScreen onboarding={onboarding} />
    case 'run':
      return <RunScreen onboarding={onboarding} />
    case 'done':
      return <DoneScreen onboarding={onboarding} />
    case 'check':
    case 'model':
      return null
    default:
      return screen satisfies never
  }
}

/** The onboarding as the server has it now. */
function useOnboarding(id: string | null, first: OnboardingView | null): OnboardingView | null {
  const queries = useQueryClient()
  const key = ['connect', id]
  const { data } = useQuery({
    queryKey: key,
    enabled: id !== null,
    queryFn: async () => {
      const result = await get<OnboardingAnswer>(`/connect/onboardings/${id}`)
      return result.ok ? result.value.onboarding : (queries.getQueryData<OnboardingView>(key) ?? null)
    },
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? REFRESH_MS : false),
    ...(first !== null && first.id === id ? { initialData: first } : {}),
  })
  return id === null ? null : (data ?? null)
}
