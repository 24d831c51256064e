import { opaque } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { isPart, parts } from '../send/check.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, noSuchObject, success } from './call.ts'

/** Characters. */
const PROFILE_MAX: Readonly<Record<string, number>> = { about: 139, address: 256, description: 512, email: 128 }
/** Milliseconds: only who wrote since then can be blocked. */
const BLOCK_MS = 24 * 3_600_000
const BLOCKED_MAX = 64_000

/** `GET|POST /{phone}/whatsapp_business_profile`; the picture is named where it is asked for. */
export function businessProfile(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { management } = number
  if (call.method === 'GET') {
    const asked = call.query.fields?.split(',').map((name) => name.trim())
    const picture = asked?.includes('profile_picture_url') ? { profile_picture_url: pictureUrl(world, number) } : {}
    const known = { ...picture, ...management.profile }
    const shown = Object.entries(known).filter(([name]) => asked === undefined || asked.includes(name))
    return { json: { data: [{ ...Object.fromEntries(shown), messaging_product: 'whatsapp' }] } }
  }
  const { messaging_product: product, access_token: _token, ...fields } = call.input
  if (product !== 'whatsapp') return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  for (const [name, max] of Object.entries(PROFILE_MAX)) {
    if (typeof fields[name] === 'string' && [...fields[name]].length > max)
      return { code: 100, details: `Param ${name} must be at most ${max} characters long.` }
  }
  if (Array.isArray(fields.websites) && fields.websites.length > 2)
    return { code: 100, details: 'At most two websites.' }
  const { profile_picture_handle: handle, ...texts } = fields
  if (handle !== undefined) {
    if (typeof handle !== 'string' || !handle.startsWith('4::'))
      return { code: 100, details: 'profile_picture_handle is no handle of an upload.' }
    management.pictures++
  }
  management.profile = { ...management.profile, ...texts }
  return success()
}

/** Signed anew each time, as Meta's are; whoever has it may fetch the picture, without a token. */
function pictureUrl(world: World, { id, management: { pictures } }: BusinessNumber): string {
  return `${world.origin()}/lookaside/profile/${id}-${pictures}.png?oe=${world.clock.nowMs().toString(16)}`
}

/** `POST|DELETE|GET /{phone}/block_users` */
export function blockUsers(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { blocked } = number.management
  if (call.method === 'GET') {
    const data = [...blocked].map((key) => ({ messaging_product: 'whatsapp', wa_id: number.customers.get(key)?.phone }))
    return { json: { data, paging: { cursors: { after: '', before: '' } } } }
  }
  const users = parts(call.input.block_users)
  if (users.length === 0) return { code: 131008, details: "Parameter 'block_users' is mandatory." }
  if (blocked.size + users.length > BLOCKED_MAX) return { code: 139101 }
  const done: Record<string, string>[] = []
  const failed: Record<string, unknown>[] = []
  for (const { user } of users) {
    const input = String(user)
    const key = number.customerByPhone.get(input.replace(/\D/g, '')) ?? number.customerByUserId.get(input)
    const customer = number.customers.get(key ?? '')
    if (!customer || (call.method === 'POST' && !wroteLately(world, number, customer.key))) {
      failed.push({
        input,
        errors: [
          {
            code: 139100,
            message: 'Failed to block user',
            error_data: { details: 'The user has not written to this number in the last 24 hours.' },
          },
        ],
      })
      continue
    }
    if (call.method === 'POST') blocked.add(customer.key)
    else blocked.delete(customer.key)
    done.push({
      input,
      ...(customer.phone ? { wa_id: customer.phone } : {}),
      ...(customer.userId ? { user_id: customer.userId } : {}),
    })
  }
  const list = call.method === 'POST' ? 'added_users' : 'removed_users'
  return {
    json: {
      messaging_product: 'whatsapp',
      block_users: { [list]: done, ...(failed.length > 0 ? { failed_users: failed } : {}) },
    },
  }
}

function wroteLately(world: World, number: BusinessNumber, key: string): boolean {
  const entries = number.chats.get(key)?.entries ?? []
  return entries.some((entry) => entry.by === 'customer' && entry.atMs > world.clock.nowMs() - BLOCK_MS)
}

/** `GET|POST /{phone}/settings` */
export function settings(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { management } = number
  if (call.method === 'GET') {
    const usual = {
      calling: { status: 'DISABLED' },
      storage_configuration: { status: 'DEFAULT' },
      user_identity_change: { enable_identity_key_check: false },
    }
    return { json: { ...usual, ...management.settings } }
  }
  const { calling, payload_encryption, storage_configuration, user_identity_change } = call.input
  if (isPart(calling) && calling.status === 'ENABLED')
    return { code: 100, details: 'Calling is not available to numbers in use with the WhatsApp Business app.' }
  const given = Object.entries({ calling, payload_encryption, storage_configuration, user_identity_change }).filter(
    ([, value]) => value !== undefined,
  )
  if (given.length === 0) return { code: 100, details: 'Nothing to set.' }
  management.settings = { ...management.settings, ...Object.fromEntries(given) }
  tellAccount(world, number.accountId, 'account_settings_update', {
    messaging_product: 'whatsapp',
    timestamp: String(Math.floor(world.clock.nowMs() / 1000)),
    type: 'phone_number_settings',
    phone_number_settings: { phone_number_id: number.id, ...Object.fromEntries(given) },
  })
  return success()
}

/** `GET|POST /{phone}/whatsapp_commerce_settings?is_cart_enabled&is_catalog_visible` */
export function commerceSettings(number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { commerce } = number.management
  if (call.method === 'GET') return { json: { data: [{ id: `${number.id}0`, ...commerce }] } }
  for (const name of ['is_cart_enabled', 'is_catalog_visible'] as const) {
    if (call.input[name] !== undefined) commerce[name] = String(call.input[name]) === 'true'
  }
  return success()
}

/** `GET|POST /{phone}/conversational_automation` */
export function conversationalAutomation(number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { management } = number
  if (call.method === 'GET') return { json: { conversational_automation: { id: number.id, ...management.automation } } }
  const { prompts, commands } = call.input
  if (Array.isArray(prompts) && (prompts.length > 4 || prompts.some((prompt) => String(prompt).length > 80)))
    return { code: 100, details: 'At most 4 prompts of 80 characters.' }
  if (parts(commands).length > 30) return { code: 100, details: 'At most 30 commands.' }
  management.automation = {
    ...(prompts === undefined ? {} : { prompts }),
    ...(commands === undefined ? {} : { commands }),
  }
  return success()
}

/** Characters of a prefilled message, links per number. */
const PREFILLED_MAX = 140
const LINKS_MAX = 2_000

/** `GET|POST|DELETE /{phone}/message_qrdls[/{code}]`: short links with a prefilled message. */
export function messageLinks(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { qrCodes } = number.management
  const code = call.path[2] ?? (typeof call.input.code === 'string' ? call.input.code : undefined)
  const known = code === undefined ? undefined : qrCodes.get(code)
  if (call.method === 'GET' && code === undefined) return { json: { data: [...qrCodes.values()] } }
  if (code !== undefined && !known) return noSuchObject(call, code)
  if (call.method === 'GET') return { json: { data: [known] } }
  if (call.method === 'DELETE') {
    qrCodes.delete(code ?? '')
    return success()
  }
  const text = call.input.prefilled_message
  if (typeof text !== 'string' || text === '' || [...text].length > PREFILLED_MAX)
    return { code: 100, details: `prefilled_message must have 1 to ${PREFILLED_MAX} characters.` }
  if (!known && qrCodes.size >= LINKS_MAX) return { code: 100, details: `At most ${LINKS_MAX} links.` }
  const own = known?.code ?? opaque(world.chance, 'qr', 14).toUpperCase()
  const link = { code: own, prefilled_message: text, deep_link_url: `https://wa.me/message/${own}` }
  qrCodes.set(own, link)
  const image =
    call.input.generate_qr_image === undefined ? {} : { qr_image_url: `${world.origin()}/lookaside/qr/${own}` }
  return { json: { ...link, ...image } }
}
