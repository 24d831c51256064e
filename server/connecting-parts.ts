import type { FastifyInstance } from 'fastify'
import { canSend } from '../contract/number.ts'
import { signupLauncher } from './connecting/launcher.ts'
import { onboardingSeal } from './connecting/onboarding-seal.ts'
import { CONNECT_PAGE, connectPageHeaders } from './connecting/page-headers.ts'
import { preflightRoutes } from './connecting/preflight-routes.ts'
import type { ReadPreflightDeps } from './connecting/read-preflight.ts'
import { type ConnectRoutesDeps, connectRoutes } from './connecting/routes.ts'
import type { RunStepsDeps } from './connecting/run-steps.ts'
import { appOnlyRoutes } from './numbers/app-only-routes.ts'
import { type KeepNumberDeps, keepNumber } from './numbers/keep-number.ts'
import { modeRoutes } from './numbers/mode-routes.ts'
import { readAccess, readNumbers } from './numbers/number-store.ts'
import { tokenSeal } from './numbers/token-seal.ts'
import type { Sealer } from './platform/crypto.ts'
import { readWorkspace } from './platform/db.ts'
import { CONTENT_SECURITY_POLICY } from './platform/http.ts'
import { askForSyncs } from './sync/request-sync.ts'
import { type AppCredentials, GRAPH_VERSION, type Graph } from './whatsapp/client.ts'

/** What the operator configured for connecting, beside the app's id and secret. */
export interface ConnectingConfig {
  /** Of Facebook Login for Business; `null`: Meta's popup cannot be opened. */
  readonly configId: string | null
  /** Where Meta reaches us, with the path; known once the listener is open. */
  readonly webhookUrl: () => string
  readonly verifyToken: string
  /** Where Meta, or the simulator, delivers to; with the path, and empty before the listener is open. */
  readonly deliveryUrl: () => string
  /** Calling codes that count as excluded beside Meta's own. */
  readonly excludedCountries: readonly string[]
}

export type ConnectingDeps = Omit<KeepNumberDeps, 'tokens' | 'askForSyncs'> & {
  readonly graph: Graph
  readonly app: AppCredentials
  readonly sealer: Sealer
}

/** The parts that connecting is made of, for its routes and its job. */
export function connectingParts(deps: ConnectingDeps): RunStepsDeps {
  const keeping: KeepNumberDeps = { ...deps, tokens: tokenSeal(deps.sealer), askForSyncs }
  const { database, clock, graph, app, sealer } = deps
  return {
    ...{ database, clock, graph, app },
    seal: onboardingSeal(sealer),
    keepNumber: (workspaceId, confirmed) => keepNumber(keeping, workspaceId, confirmed),
  }
}

/** Gives the page of connecting its own headers; before any route of pages is registered. */
export function allowSignupPopup(app: FastifyInstance, deps: LaunchDeps): void {
  const headers = connectPageHeaders(launchOf(deps).launcher, CONTENT_SECURITY_POLICY)
  app.addHook('onRequest', async (request, reply) => {
    const [path] = request.url.split('?')
    if (path === CONNECT_PAGE) reply.headers(headers)
  })
}

interface LaunchDeps {
  readonly app: AppCredentials
  readonly connecting: ConnectingConfig
  readonly simulatorUrl: string | null
}

function launchOf({ app, connecting, simulatorUrl }: LaunchDeps) {
  return signupLauncher({
    ...{ appId: app.appId, configId: connecting.configId, simulatorUrl },
    graphVersion: GRAPH_VERSION,
  })
}

/** Registers the routes of connecting. */
export function registerConnecting(
  api: FastifyInstance,
  deps: ConnectingDeps & {
    readonly connecting: ConnectingConfig
    readonly simulatorUrl: string | null
    readonly identify: ConnectRoutesDeps['identify']
  },
): void {
  const { ids, identify } = deps
  connectRoutes(api, { ...connectingParts(deps), ...launchOf(deps), ids, identify })
  preflightRoutes(api, { ...preflightParts(deps), identify })
  const { database, clock, publish, graph } = deps
  modeRoutes(api, { database, clock, publish, graph, identify, tokens: tokenSeal(deps.sealer) })
  appOnlyRoutes(api, { database, clock, ids, publish, identify })
}

/** What the preflight looks at, for its routes and its command. */
export function preflightParts(
  deps: Pick<ConnectingDeps, 'database' | 'clock' | 'graph' | 'app' | 'sealer'> & {
    readonly connecting: Omit<ConnectingConfig, 'deliveryUrl'>
    readonly simulatorUrl: string | null
  },
): ReadPreflightDeps {
  const { database, clock, graph, app, connecting, sealer } = deps
  const tokens = tokenSeal(sealer)
  return {
    ...{ database, clock, graph, app },
    webhookUrl: connecting.webhookUrl,
    verifyToken: connecting.verifyToken,
    excludedCountries: connecting.excludedCountries,
    simulated: deps.simulatorUrl !== null,
    openAccount: async (workspaceId) => {
      const found = await readWorkspace(database, workspaceId, async (sql) => {
        const number = (await readNumbers(sql, workspaceId)).find(({ state }) => canSend(state))
        const access = number === undefined ? null : await readAccess(sql, workspaceId, number.id)
        return number === undefined || access === null ? null : { id: number.id, access }
      })
      if (found === null) return null
      return { wabaId: found.access.wabaId, token: tokens.open(workspaceId, found.id, found.access.sealedToken) }
    },
  }
}
