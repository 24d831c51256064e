/**
 * What each error code of Meta's asks of us, whichever way it comes: as the answer to a call, or later in a `failed` status.
 * The words for people are in `web/features/refusals/refusal-words.ts`.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */

/**
 * What Wasl does. `retry`: Meta's service was not available, the request surely did not happen, ask again soon. `wait`: the
 * same, but a rate limit must pass first. `reconnect`: the token or a permission is gone, the number has to be connected
 * anew. `tell_user`: asking again changes nothing, a person has to know. An "unknown error" (1, 131000) is `tell_user`: it does
 * not say that nothing happened.
 */
export type GraphErrorAction = 'retry' | 'wait' | 'reconnect' | 'tell_user'

/**
 * Who must act before it can go through. `nobody`: only time helps, or nothing does. `operator`: who runs Wasl and its Meta
 * app.
 */
export type GraphErrorActor = 'nobody' | 'customer' | 'writer' | 'owner' | 'operator'

/**
 * Whether a refused message costs anything. Meta bills what was delivered, so a refusal is free; only an error that does
 * not say what happened leaves it open.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export type GraphErrorCost = 'nothing' | 'unclear'

export interface GraphErrorRule {
  readonly action: GraphErrorAction
  readonly actor: GraphErrorActor
  readonly cost: GraphErrorCost
  /** Key of the sentence a person reads. */
  readonly message: GraphErrorMessage
}

export type GraphErrorCodes = number | readonly [from: number, to: number]
/** A rule and what it is for: single codes, and ranges with both ends in them. */
export interface GraphErrorRow extends GraphErrorRule {
  readonly codes: readonly GraphErrorCodes[]
}

const row = <M extends string>(
  action: GraphErrorAction,
  actor: GraphErrorActor,
  message: M,
  codes: readonly GraphErrorCodes[],
  cost: GraphErrorCost = 'nothing',
) => ({ action, actor, message, codes, cost })

const ROWS = [
  row('retry', 'nobody', 'service_unavailable', [2, 131016, 131057, 133004, 2494100]),
  row('wait', 'nobody', 'requests_limited', [4, 80007]),
  row('wait', 'nobody', 'throughput_limited', [130429]),
  row('wait', 'nobody', 'customer_limited', [131056]),
  row('reconnect', 'owner', 'access_lost', [0, 10, 190, [200, 299], 131005]),
  row('reconnect', 'owner', 'number_deleted', [33]),
  row('tell_user', 'writer', 'unknown', [1, 131000], 'unclear'),
  row('tell_user', 'operator', 'invalid_request', [3, 100, 131008, 131009, 131059, 135000]),
  row('tell_user', 'owner', 'account_restricted', [368, 131031]),
  row('tell_user', 'nobody', 'country_restricted', [130497]),
  row('tell_user', 'owner', 'spam_limited', [131048]),
  row('tell_user', 'owner', 'misclassified', [131064]),
  row('tell_user', 'nobody', 'marketing_experiment', [130472]),
  row('tell_user', 'nobody', 'marketing_limited', [131049]),
  row('tell_user', 'customer', 'user_stopped_marketing', [131050]),
  row('tell_user', 'operator', 'marketing_elsewhere', [131055, 131061, 131063]),
  row('tell_user', 'owner', 'marketing_not_ready', [131065, 134100, 134101, 134103, 1752041]),
  row('tell_user', 'writer', 'marketing_template_missing', [134102]),
  row('tell_user', 'writer', 'same_sender_and_recipient', [131021]),
  row('tell_user', 'customer', 'undeliverable', [131026]),
  row('tell_user', 'operator', 'not_in_test_list', [131030]),
  row('tell_user', 'owner', 'display_name_not_approved', [131037]),
  row('tell_user', 'owner', 'payment_needed', [131042, 131044]),
  row('tell_user', 'owner', 'payment_terms', [134011]),
  row('tell_user', 'writer', 'reply_window_closed', [131047]),
  row('tell_user', 'writer', 'unsupported_type', [131051]),
  row('tell_user', 'writer', 'media_download_failed', [131052]),
  row('tell_user', 'writer', 'media_upload_failed', [131053]),
  row('tell_user', 'writer', 'message_unavailable', [131060]),
  row('tell_user', 'writer', 'phone_number_needed', [131062]),
  row('tell_user', 'writer', 'not_thread_owner', [131070, 2494191]),
  row('tell_user', 'writer', 'identity_changed', [137000]),
  row('tell_user', 'writer', 'group', [131020, 131041, [131201, 131215]]),
  row('tell_user', 'writer', 'template_parameters', [132000, 132008, 132012, 132018]),
  row('tell_user', 'writer', 'template_too_long', [132005]),
  row('tell_user', 'owner', 'template_missing', [132001]),
  row('tell_user', 'owner', 'template_content', [132007, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299]),
  row('tell_user', 'owner', 'template_limit', [2388019]),
  row('tell_user', 'owner', 'template_insights', [[200005, 200007]]),
  row('tell_user', 'owner', 'template_paused', [132015]),
  row('tell_user', 'owner', 'template_disabled', [132016]),
  row('tell_user', 'owner', 'flow', [132068, 132069, [139000, 139004]]),
  row('tell_user', 'owner', 'pin', [133005, 133006, 133008, 133009]),
  row('tell_user', 'owner', 'not_registered', [131045, 133000, 133010]),
  row('tell_user', 'owner', 'registration_limited', [133015, 133016]),
  row('tell_user', 'writer', 'calling', [613, [138000, 138038]]),
  row('tell_user', 'writer', 'block_list', [[139100, 139103]]),
  row('tell_user', 'owner', 'username', [[147001, 147005]]),
  row('tell_user', 'operator', 'migration', [2388001, 2388012, 2388091, 2388093, 2388103, 2593079, 2593085]),
  row('tell_user', 'owner', 'signup', [[2494164, 2494179]]),
  row('tell_user', 'owner', 'sync_used_up', [2593107]),
  row('tell_user', 'owner', 'sync_too_late', [2593108]),
  row('tell_user', 'owner', 'history_not_shared', [2593109]),
]

export type GraphErrorMessage = (typeof ROWS)[number]['message']

/** All rules with the codes they hold for, as they are read to a person: what passes first. */
export const GRAPH_ERRORS: readonly GraphErrorRow[] = ROWS

/** Of a code that nobody has listed yet: a person must know, and what it cost is open. */
const UNLISTED: GraphErrorRule = { action: 'tell_user', actor: 'writer', cost: 'unclear', message: 'unknown' }

/** The rule of a code; `null`: Meta's list does not have it. */
export function listedGraphError(code: number): GraphErrorRule | null {
  return GRAPH_ERRORS.find(({ codes }) => codes.some((one) => holds(one, code))) ?? null
}

/** The rule of a code; one that this table does not know is told to the user. */
export function graphErrorRule(code: number): GraphErrorRule {
  return listedGraphError(code) ?? UNLISTED
}

function holds(codes: GraphErrorCodes, code: number): boolean {
  return typeof codes === 'number' ? codes === code : code >= codes[0] && code <= codes[1]
}
