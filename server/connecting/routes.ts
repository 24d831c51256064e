import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type ConnectingAnswer,
  type ConsentsAnswer,
  chooseNumbersBody,
  consentBody,
  type OnboardingAnswer,
  type SignupLauncher,
  signupBody,
  startOnboardingBody,
  tokenBody,
} from '../../contract/api/connecting.ts'
import type { Member } from '../../contract/number.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { addToken, chooseNumbers } from './add-token.ts'
import { readConsentsOfNumber } from './consent-store.ts'
import { closeOnboarding, readOnboarding, viewOnboarding } from './onboarding-store.ts'
import { type Refused, receiveSignup } from './receive-signup.ts'
import { type RunStepsDeps, runSteps } from './run-steps.ts'
import { recordConsent, startOnboarding } from './start-onboarding.ts'

export interface ConnectRoutesDeps extends RunStepsDeps {
  readonly ids: Ids
  readonly launcher: SignupLauncher
  readonly origins: readonly string[]
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `/api/v1/connect`: the attempt to connect a number, step by step; only an owner goes on with one. And what was agreed to in it. */
export function connectRoutes(app: FastifyInstance, deps: ConnectRoutesDeps): void {
  const base = '/api/v1/connect'
  app.get(base, async (request): Promise<ConnectingAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const { launcher, origins } = deps
    return { launcher, origins, open: await view(deps, identity.workspaceId, null) }
  })

  app.get(`${base}/onboardings/:id`, async (request): Promise<OnboardingAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return answer(deps, identity.workspaceId, idOf(request))
  })

  app.get('/api/v1/numbers/:id/consents', async (request): Promise<ConsentsAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const { workspaceId } = identity
    const numberId = idOf(request)
    return {
      consents: await readWorkspace(deps.database, workspaceId, (sql) =>
        readConsentsOfNumber(sql, workspaceId, numberId),
      ),
    }
  })

  app.post(`${base}/onboardings`, async (request, reply) => {
    const { workspaceId, member } = await ownerOf(deps, request)
    const wish = readInput(startOnboardingBody, request.body)
    const id = await startOnboarding(deps, workspaceId, { ...wish, memberId: member.id })
    return reply.code(201).send(await answer(deps, workspaceId, id))
  })

  stepRoutes(app, deps, `${base}/onboardings/:id`)
}

function stepRoutes(app: FastifyInstance, deps: ConnectRoutesDeps, base: string): void {
  const step = (path: string, work: (workspaceId: string, id: string, by: Posted) => Promise<Refused>) =>
    app.post(`${base}/${path}`, async (request): Promise<OnboardingAnswer> => {
      const { workspaceId, member } = await ownerOf(deps, request)
      const id = idOf(request)
      const refused = await work(workspaceId, id, { body: request.body, memberId: member.id })
      if (refused !== null) throw new ApiFault(refused)
      return answer(deps, workspaceId, id)
    })
  step('consents', (workspaceId, onboardingId, { body, memberId }) =>
    recordConsent(deps, workspaceId, { ...readInput(consentBody, body), onboardingId, memberId }),
  )
  step('signup', (workspaceId, id, { body }) => receiveSignup(deps, workspaceId, id, readInput(signupBody, body)))
  step('token', (workspaceId, id, { body }) => addToken(deps, workspaceId, id, readInput(tokenBody, body)))
  step('numbers', (workspaceId, id, { body }) =>
    chooseNumbers(deps, workspaceId, id, readInput(chooseNumbersBody, body).phoneNumberIds),
  )
  step('retry', async (workspaceId, id) => {
    await runSteps(deps, workspaceId, id)
    return null
  })
  step('end', async (workspaceId, id) => {
    const end = { state: 'ended', now: new Date(deps.clock.nowMs()) } as const
    const ended = await inWorkspace(deps.database, workspaceId, (sql) => closeOnboarding(sql, workspaceId, id, end))
    return ended ? null : 'onboarding_closed'
  })
}

interface Posted {
  readonly body: unknown
  readonly memberId: string
}

async function ownerOf(deps: ConnectRoutesDeps, request: FastifyRequest) {
  const identity = await deps.identify(request.headers.cookie)
  if (identity === null) throw new ApiFault('no_member')
  if (identity.member.role !== 'owner') throw new ApiFault('owner_only')
  return identity
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.id
}

async function answer(deps: ConnectRoutesDeps, workspaceId: string, id: string): Promise<OnboardingAnswer> {
  const onboarding = await view(deps, workspaceId, id)
  if (onboarding === null) throw new ApiFault('not_found')
  return { onboarding }
}

function view(deps: ConnectRoutesDeps, workspaceId: string, id: string | null) {
  return readWorkspace(deps.database, workspaceId, async (sql) => {
    const onboarding = await readOnboarding(sql, workspaceId, id)
    return onboarding === null ? null : viewOnboarding(sql, workspaceId, onboarding, deps.clock.nowMs())
  })
}
