import type { IncomingMessage, Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { careRoutes } from './care/routes.ts'
import { allowSignupPopup, type ConnectingConfig, registerConnecting } from './connecting-parts.ts'
import { contactRoutes } from './contacts/routes.ts'
import { budgetRoutes } from './costs/budget-routes.ts'
import { hasHardStop } from './costs/budget-store.ts'
import { cardRoutes } from './costs/card-routes.ts'
import { isCostStopped } from './costs/claim-cost.ts'
import { costRoutes } from './costs/routes.ts'
import { readDuties } from './duty/duty-store.ts'
import { dutyRoutes } from './duty/routes.ts'
import { gapRoutes } from './gaps/routes.ts'
import { readMembers } from './identity/member-store.ts'
import { identifyMembers } from './identity/resolve-member.ts'
import { identityRoutes } from './identity/routes.ts'
import { exportRoutes } from './inbox/export-routes.ts'
import { mergePeople, undoMerge } from './inbox/merge-people.ts'
import { noticeRoutes } from './inbox/notice-routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { sendMail } from './mail/client.ts'
import { passwordSeal } from './mail/password-seal.ts'
import { mailRoutes } from './mail/routes.ts'
import { tellByMail } from './mail/send-mail.job.ts'
import type { Files } from './media/open-files.ts'
import { mediaRoutes } from './media/routes.ts'
import type { Fetching } from './media/start-fetching.ts'
import { uploadRoutes } from './media/upload-routes.ts'
import { readNumbers } from './numbers/number-store.ts'
import { numberRoutes } from './numbers/routes.ts'
import { openSimulatorControl } from './numbers/simulator-client.ts'
import { standingRoutes } from './numbers/standing-routes.ts'
import { tokenSeal } from './numbers/token-seal.ts'
import { offerRoutes } from './offers/routes.ts'
import { reactionRoutes } from './outbound/reaction-routes.ts'
import { sendRoutes } from './outbound/routes.ts'
import { signalRoutes } from './outbound/signal-routes.ts'
import type { Sending } from './outbound/start-sending.ts'
import { takeSends } from './outbound/take-sends.ts'
import { queueSignal } from './outbound/tell-customer.ts'
import { answerError } from './platform/api-fault.ts'
import type { Clock } from './platform/clock.ts'
import type { Sealer } from './platform/crypto.ts'
import type { Database } from './platform/db.ts'
import type { Ids } from './platform/ids.ts'
import { playbookRoutes } from './playbooks/routes.ts'
import type { FeedHub } from './realtime/publish-feed.ts'
import { openStream, type Stream } from './realtime/stream.ts'
import { askForSyncs } from './sync/request-sync.ts'
import { syncRoutes } from './sync/routes.ts'
import { templateRoutes } from './templates/routes.ts'
import type { AppCredentials, Graph } from './whatsapp/client.ts'

export interface ApiDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly hub: FeedHub
  readonly graph: Graph
  readonly app: AppCredentials
  readonly sealer: Sealer
  readonly workspaceId: string
  readonly version: string
  readonly connecting: ConnectingConfig
  /** `null` when Wasl talks to Meta. */
  readonly simulatorUrl: string | null
  readonly isOwnOrigin: (request: IncomingMessage) => boolean
  readonly replayUnplaced: (phoneNumberId: string, wabaId: string) => Promise<void>
  readonly onError: (error: unknown, what: string) => void
  readonly files: Files
  readonly fetching: Fetching
  readonly sending: Sending
}

/** Registers every route under `/api/v1` and the stream. The stream it gives is to be closed before the server. */
export function registerApi(app: FastifyInstance, deps: ApiDeps): Stream {
  const { database, clock, ids, hub, graph, workspaceId, version, simulatorUrl, replayUnplaced } = deps
  const { publish } = hub
  const tokens = tokenSeal(deps.sealer)
  const identify = identifyMembers(database, workspaceId)
  const simulator = simulatorUrl === null ? null : openSimulatorControl(simulatorUrl)
  allowSignupPopup(app, deps)
  app.register(async (api) => {
    api.setErrorHandler(answerError)
    // Never in a cache: every answer is one member's view of this moment. Files say otherwise for themselves.
    api.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    identityRoutes(api, { database, workspaceId, version, simulatorUrl })
    inboxRoutes(api, {
      database,
      clock,
      publish,
      identify,
      readMembers,
      readNumbers,
      afterRead: (id, conversationId) => queueSignal(database, { workspaceId: id, conversationId, typing: false }),
      sendMessage: takeSends({ database, clock, ids, publish, isCostStopped, hasHardStop, sending: deps.sending }),
    })
    sendRoutes(api, { database, clock, publish, identify })
    contactRoutes(api, {
      ...{ database, clock, publish, identify },
      mergePeople: (member, contactIds) => mergePeople({ database, clock, ids, publish }, member, contactIds),
      undoMerge: (member, mergeId) => undoMerge({ database, clock, ids, publish }, member, mergeId),
    })
    dutyRoutes(api, { database, clock, ids, identify })
    exportRoutes(api, { database, identify, readMembers, readDuties })
    noticeRoutes(api, { database, identify })
    numberRoutes(api, {
      ...{ database, clock, ids, publish, graph, identify, simulator, replayUnplaced, tokens, askForSyncs },
      app: deps.app,
    })
    careRoutes(api, { ...{ database, clock, ids, graph, identify, version, app: deps.app }, openToken: tokens.open })
    registerConnecting(api, { ...deps, publish, identify })
    standingRoutes(api, { database, clock, publish, identify })
    mailRoutes(api, { database, clock, identify, send: sendMail, ...passwordSeal(deps.sealer) })
    costRoutes(api, { database, clock, identify })
    cardRoutes(api, { database, clock, ids, identify })
    budgetRoutes(api, { database, clock, ids, identify, tellByMail })
    playbookRoutes(api, { database, clock, ids, identify })
    templateRoutes(api, { database, clock, ids, identify, graph, app: deps.app, openToken: tokens.open })
    offerRoutes(api, { database, clock, graph, identify, openToken: tokens.open })
    syncRoutes(api, { database, clock, identify })
    gapRoutes(api, { database, clock, identify })
    signalRoutes(api, { database, clock, identify })
    reactionRoutes(api, { database, clock, publish, identify, post: graph.sendMessage, openToken: tokens.open })
    uploadRoutes(api, { database, clock, ids, identify, ...deps.files, signal: deps.fetching.signal })
    mediaRoutes(api, {
      ...{ database, clock, publish, graph, identify, openToken: tokens.open },
      blobs: deps.files.blobs,
      wake: deps.fetching.wake,
    })
  })
  const { isOwnOrigin, onError } = deps
  return openStream({ server: app.server as Server, database, clock, hub, isOwnOrigin, identify, onError })
}
