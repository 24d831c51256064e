import { z } from 'zod'
import type {
  AccountFacts,
  FieldFacts,
  FundingFacts,
  NumberFacts,
  ProfileFacts,
  SubscriptionFacts,
  TokenFacts,
  UsernameFacts,
} from '../../contract/meta-answer.ts'
import type { GraphRequest } from './graph-request.ts'

/** What Wasl asks Meta about a number and its account, and what it has set there; each as one request. */

const segment = encodeURIComponent
const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value))
const done = z.object({ success: z.boolean() })

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers */
export function numberRequest(phoneNumberId: string): GraphRequest<NumberFacts> {
  const fields = [
    ...['verified_name', 'name_status', 'status', 'is_on_biz_app', 'platform_type', 'quality_rating'],
    ...['code_verification_status', 'is_official_business_account', 'whatsapp_business_manager_messaging_limit'],
    ...['throughput', 'health_status'],
  ]
  return { method: 'GET', path: segment(phoneNumberId), query: { fields: fields.join(',') }, shape: numberFacts }
}

const health = z.object({
  can_send_message: z.string(),
  entities: z
    .array(
      z.object({
        entity_type: z.string(),
        can_send_message: z.string(),
        errors: z.array(z.object({ error_code: z.number() })).optional(),
      }),
    )
    .optional(),
})

const numberFacts = z
  .object({
    verified_name: z.string().optional(),
    name_status: text,
    status: text,
    is_on_biz_app: z.boolean().optional(),
    platform_type: text,
    quality_rating: text,
    code_verification_status: text,
    is_official_business_account: z.boolean().optional(),
    whatsapp_business_manager_messaging_limit: text,
    throughput: z.object({ level: z.string() }).optional(),
    health_status: health.optional(),
  })
  .transform((answer): NumberFacts => {
    const { health_status: standing } = answer
    return {
      displayName: answer.verified_name ?? '',
      nameStatus: answer.name_status,
      status: answer.status,
      onBizApp: answer.is_on_biz_app ?? false,
      platformType: answer.platform_type,
      quality: answer.quality_rating,
      codeVerification: answer.code_verification_status,
      official: answer.is_official_business_account ?? null,
      messagingLimit: answer.whatsapp_business_manager_messaging_limit,
      throughput: answer.throughput?.level ?? null,
      sending: standing === undefined ? null : sendingOf(standing),
    }
  })

function sendingOf(standing: z.output<typeof health>): NonNullable<NumberFacts['sending']> {
  const limits = (standing.entities ?? [])
    .filter((entity) => entity.can_send_message !== 'AVAILABLE')
    .map((entity) => ({
      entity: entity.entity_type,
      canSend: entity.can_send_message,
      codes: (entity.errors ?? []).map((error) => error.error_code),
    }))
  return { canSend: standing.can_send_message, limits }
}

/** Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account */
export function accountRequest(wabaId: string): GraphRequest<AccountFacts> {
  const fields = 'name,account_review_status,business_verification_status,owner_business_info,currency'
  return { method: 'GET', path: segment(wabaId), query: { fields }, shape: accountFacts }
}

const accountFacts = z
  .object({
    name: z.string().optional(),
    account_review_status: text,
    business_verification_status: text,
    owner_business_info: z.object({ name: z.string().optional() }).optional(),
    currency: text,
  })
  .transform(
    (answer): AccountFacts => ({
      name: answer.name ?? '',
      review: answer.account_review_status,
      businessVerification: answer.business_verification_status,
      ownerName: answer.owner_business_info?.name ?? null,
      currency: answer.currency,
    }),
  )

/** Asked by itself: Meta refuses the whole request when a token may not see this one field. */
export function fundingRequest(wabaId: string): GraphRequest<FundingFacts> {
  return { method: 'GET', path: segment(wabaId), query: { fields: 'primary_funding_id' }, shape: fundingFacts }
}

const fundingFacts = z
  .object({ primary_funding_id: text })
  .transform((answer): FundingFacts => ({ hasPaymentMethod: !['0', null].includes(answer.primary_funding_id) }))

/** To be asked with the app's own token. */
export function tokenRequest(token: string): GraphRequest<TokenFacts> {
  return { method: 'GET', path: 'debug_token', query: { input_token: token }, shape: tokenFacts }
}

const tokenFacts = z
  .object({
    data: z.object({
      is_valid: z.boolean(),
      expires_at: z.number().optional(),
      scopes: z.array(z.string()).optional(),
      granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(z.string()).optional() })).optional(),
    }),
  })
  .transform(
    ({ data }): TokenFacts => ({
      isValid: data.is_valid,
      expiresAtMs: data.expires_at === undefined || data.expires_at === 0 ? null : data.expires_at * 1000,
      scopes: [...new Set([...(data.scopes ?? []), ...(data.granular_scopes ?? []).map(({ scope }) => scope)])].sort(),
      wabaIds: [...new Set((data.granular_scopes ?? []).flatMap((scope) => scope.target_ids ?? []))],
    }),
  )

/** Which apps hear of the account. */
export function subscriptionRequest(wabaId: string): GraphRequest<SubscriptionFacts> {
  return { method: 'GET', path: `${segment(wabaId)}/subscribed_apps`, shape: subscriptionFacts }
}

const subscriptionFacts = z
  .object({
    data: z.array(
      z.object({
        whatsapp_business_api_data: z.object({ id: z.string() }),
        override_callback_uri: z.string().optional(),
      }),
    ),
  })
  .transform(
    ({ data }): SubscriptionFacts => ({
      appIds: data.map(({ whatsapp_business_api_data: app }) => app.id),
      overrides: Object.fromEntries(
        data.flatMap(({ whatsapp_business_api_data: { id }, override_callback_uri: url }) =>
          url === undefined ? [] : [[id, url]],
        ),
      ),
    }),
  )

/** Which kinds of webhooks our app takes; to be asked with the app's own token. */
export function fieldsRequest(appId: string): GraphRequest<FieldFacts> {
  return { method: 'GET', path: `${segment(appId)}/subscriptions`, shape: fieldFacts }
}

const fieldFacts = z
  .object({
    data: z.array(
      z.object({
        object: z.string(),
        active: z.boolean().optional(),
        callback_url: z.string().optional(),
        // Meta lists objects with a name and a version; older answers give bare names.
        fields: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
      }),
    ),
  })
  .transform(({ data }): FieldFacts => {
    const rows = data.filter((row) => row.object === 'whatsapp_business_account' && row.active !== false)
    return {
      fields: rows.flatMap((row) => row.fields ?? []).map((field) => (typeof field === 'string' ? field : field.name)),
      callbackUrl: rows.find((row) => row.callback_url !== undefined)?.callback_url ?? null,
    }
  })

const PROFILE_FIELDS = 'about,address,description,email,websites,vertical,profile_picture_url'

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-profiles */
export function profileRequest(phoneNumberId: string): GraphRequest<ProfileFacts> {
  const path = `${segment(phoneNumberId)}/whatsapp_business_profile`
  return { method: 'GET', path, query: { fields: PROFILE_FIELDS }, shape: profileFacts }
}

const profileFacts = z
  .object({
    data: z
      .array(
        z.object({
          about: text,
          address: text,
          description: text,
          email: text,
          websites: z.array(z.string()).nullish(),
          vertical: text,
          profile_picture_url: text,
        }),
      )
      .min(1),
  })
  .transform(({ data }): ProfileFacts => {
    const [profile] = data
    return {
      about: profile?.about ?? null,
      address: profile?.address ?? null,
      description: profile?.description ?? null,
      email: profile?.email ?? null,
      websites: profile?.websites ?? [],
      vertical: profile?.vertical ?? null,
      pictureUrl: profile?.profile_picture_url || null,
    }
  })

/** `handle` comes from the Resumable Upload of the picture. */
export function pictureChange(phoneNumberId: string, handle: string): GraphRequest<{ success: boolean }> {
  const body = { messaging_product: 'whatsapp', profile_picture_handle: handle }
  return { method: 'POST', path: `${segment(phoneNumberId)}/whatsapp_business_profile`, body, shape: done }
}

/** An empty text takes away what was there; only `about` may not be empty. */
export function profileChange(
  phoneNumberId: string,
  profile: Omit<ProfileFacts, 'vertical' | 'pictureUrl'>,
): GraphRequest<{ success: boolean }> {
  const { about, address, description, email, websites } = profile
  const body = {
    messaging_product: 'whatsapp',
    ...(about === null ? {} : { about }),
    address: address ?? '',
    description: description ?? '',
    email: email ?? '',
    websites,
  }
  return { method: 'POST', path: `${segment(phoneNumberId)}/whatsapp_business_profile`, body, shape: done }
}

type Username = Omit<UsernameFacts, 'suggestions'>

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-usernames */
export function usernameRequest(phoneNumberId: string): GraphRequest<Username> {
  return { method: 'GET', path: `${segment(phoneNumberId)}/username`, shape: usernameFacts }
}

const usernameFacts = z
  .object({ username: text, status: text })
  .transform(({ username, status }): Username => ({ username, status: username === null ? null : status }))

/** Usernames that Meta keeps for this business. */
export function suggestionsRequest(phoneNumberId: string): GraphRequest<readonly string[]> {
  return { method: 'GET', path: `${segment(phoneNumberId)}/username_suggestions`, shape: suggestions }
}

const suggestions = z
  .object({ data: z.array(z.object({ username_suggestions: z.array(z.string()).optional() })) })
  .transform(({ data }): readonly string[] => data.flatMap((row) => row.username_suggestions ?? []))

/** `move`: takes the username from another number of the same business. Gives whether it is reserved or approved. */
export function usernameChange(
  phoneNumberId: string,
  username: string,
  move: boolean,
): GraphRequest<{ status: string | null }> {
  const body = { username, transfer_action: move ? 'force_transfer' : 'none' }
  return { method: 'POST', path: `${segment(phoneNumberId)}/username`, body, shape: z.object({ status: text }) }
}

export function usernameRemoval(phoneNumberId: string): GraphRequest<{ success: boolean }> {
  return { method: 'DELETE', path: `${segment(phoneNumberId)}/username`, shape: done }
}
