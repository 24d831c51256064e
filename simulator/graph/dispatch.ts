import type { Account } from '../accounts/account.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { sendMessage } from '../send/messages.ts'
import { codePreviews } from '../templates/code-previews.ts'
import type { World } from '../world.ts'
import { accountFor, type Caller, callerOf, numberFor, removedFailure, removedFromAccount } from './access.ts'
import { accountNode } from './account-fields.ts'
import { templateAnalytics } from './analytics.ts'
import { type GraphAnswer, type GraphCall, noSuchObject, success } from './call.ts'
import { accountCatalogs, accountFlows, catalogIdOf, catalogProducts } from './lists.ts'
import {
  blockUsers,
  businessProfile,
  commerceSettings,
  conversationalAutomation,
  messageLinks,
  settings,
} from './management.ts'
import { mediaObject, uploadMedia } from './media.ts'
import { messageHistory } from './message-history.ts'
import { debugToken, exchangeCode } from './oauth.ts'
import { phoneNumber, phoneNumbers, registration } from './phone.ts'
import { appSubscriptions, subscribedApps } from './subscriptions.ts'
import { smbAppData } from './sync.ts'
import { accountTemplates, oneTemplate, templateLibrary, upsertTemplates } from './templates.ts'
import { threadControl } from './thread-control.ts'
import type { UploadSessions } from './uploads.ts'
import { takeManagement } from './usage.ts'
import { businessUsername, usernameSuggestions } from './username.ts'

/** What a call came to, and whose account it was about (for the usage headers). */
export interface Dispatched {
  readonly answer: GraphAnswer
  readonly account: Account | null
}

/** Finds the object that a call names, checks that the caller may use it, and does what the edge says. */
export async function dispatch(
  world: World,
  uploads: UploadSessions,
  call: GraphCall,
  failLater: number | null,
): Promise<Dispatched> {
  const [object = '', edge = ''] = call.path
  if (object === 'oauth' && edge === 'access_token') return plain(exchangeCode(world, call))
  const caller = callerOf(world, call)
  if ('code' in caller) return plain(caller)
  if (object === 'debug_token') return plain(debugToken(world, call))
  if (object === 'message_template_library') return plain(templateLibrary(call))
  if (object.startsWith('upload:')) return plain(uploads.take(call, object, Number(call.input.file_offset ?? 0)))
  if (object === world.app.id || (object === 'app' && edge === 'uploads'))
    return plain(await appEdge(world, uploads, caller, call))
  const number = numberFor(world, caller, object)
  if (number) return aboutNumber(world, number, call, failLater)
  const account = accountFor(world, caller, object)
  if (account) {
    const refused = removedFromAccount(world, account) ?? takeManagement(world, account)
    return { answer: refused ?? (await accountEdge(world, account, call)), account }
  }
  return plain(otherObject(world, caller, call))
}

async function appEdge(world: World, uploads: UploadSessions, caller: Caller, call: GraphCall): Promise<GraphAnswer> {
  const edge = call.path[1]
  if (edge === 'uploads' && call.method === 'POST') return uploads.open(call)
  if (edge === 'subscriptions')
    return caller.kind === 'app'
      ? appSubscriptions(world, call)
      : { code: 10, details: 'An app access token is required.' }
  if (edge === undefined) return { json: { id: world.app.id, name: world.app.name } }
  return noSuchObject(call, world.app.id)
}

async function aboutNumber(
  world: World,
  number: BusinessNumber,
  call: GraphCall,
  failLater: number | null,
): Promise<Dispatched> {
  const account = world.accounts.get(number.accountId) ?? null
  const edge = call.path[1] ?? ''
  // Management calls count against the hourly limit; messages and media do not.
  const management = account && edge !== 'messages' && edge !== 'media' ? takeManagement(world, account) : null
  const answer = removedFailure(number) ?? management ?? (await numberEdge(world, number, call, edge, failLater))
  return { answer, account }
}

async function numberEdge(
  world: World,
  number: BusinessNumber,
  call: GraphCall,
  edge: string,
  failLater: number | null,
): Promise<GraphAnswer> {
  const posted = call.method === 'POST'
  switch (edge) {
    case '':
      return phoneNumber(world, number, call)
    case 'messages':
      return posted
        ? sendMessage(world, number, call, failLater ?? unpaid(world, number))
        : noSuchObject(call, number.id)
    case 'media':
      return posted ? uploadMedia(world, number, call) : noSuchObject(call, number.id)
    case 'smb_app_data':
      return posted ? smbAppData(world, number, call) : noSuchObject(call, number.id)
    case 'register':
    case 'deregister':
      return registration(world, number, edge)
    case 'whatsapp_business_profile':
      return businessProfile(world, number, call)
    case 'block_users':
      return blockUsers(world, number, call)
    case 'settings':
      return settings(world, number, call)
    case 'whatsapp_commerce_settings':
      return commerceSettings(number, call)
    case 'conversational_automation':
      return conversationalAutomation(number, call)
    case 'username':
      return businessUsername(world, number, call)
    case 'username_suggestions':
      return call.method === 'GET' ? usernameSuggestions(number) : noSuchObject(call, number.id)
    case 'message_qrdls':
      return messageLinks(world, number, call)
    case 'thread_control':
      return posted ? threadControl(world, number, call) : noSuchObject(call, number.id)
    case 'message_history':
      return messageHistory(world, number, call)
    case 'contact_book':
      return call.method === 'DELETE' ? success() : noSuchObject(call, number.id)
    case 'calls':
    case 'groups':
      return { code: 100, details: `/${edge} is not available to numbers in use with the WhatsApp Business app.` }
    default:
      return noSuchObject(call, number.id)
  }
}

async function accountEdge(world: World, account: Account, call: GraphCall): Promise<GraphAnswer> {
  switch (call.path[1]) {
    case undefined:
      return accountNode(world, account, call)
    case 'template_analytics':
      return templateAnalytics(world, account, call)
    case 'subscribed_apps':
      return subscribedApps(world, account, call)
    case 'phone_numbers':
      return phoneNumbers(world, account.id, call)
    case 'message_template_previews':
      return call.method === 'GET' ? codePreviews(call) : noSuchObject(call, account.id)
    case 'upsert_message_templates':
      return call.method === 'POST' ? upsertTemplates(world, account, call) : noSuchObject(call, account.id)
    case 'message_templates':
      return accountTemplates(world, account, call)
    case 'flows':
      return accountFlows(account, call)
    case 'product_catalogs':
      return accountCatalogs(account, call)
    default:
      return noSuchObject(call, account.id)
  }
}

/** Media, templates and catalogues have ids of their own. */
function otherObject(world: World, caller: Caller, call: GraphCall): GraphAnswer {
  const id = call.path[0] ?? ''
  const media = world.media.get(id)
  if (media && (media.numberId === '' || numberFor(world, caller, media.numberId)))
    return mediaObject(world, media, call)
  for (const account of world.accounts.values()) {
    if (catalogIdOf(account) === id && accountFor(world, caller, account.id)) return catalogProducts(account, call)
    const template = account.templates.get(id)
    if (template && accountFor(world, caller, account.id)) return oneTemplate(world, account, template, call)
  }
  return noSuchObject(call, id)
}

function plain(answer: GraphAnswer): Dispatched {
  return { answer, account: null }
}

/** Meta takes the message and reports later that nobody pays for it. */
function unpaid(world: World, { accountId }: BusinessNumber): number | null {
  return world.accounts.get(accountId)?.paymentFails === true ? 131042 : null
}
