/**
 * SQL that gives a row as one JSON object in the shape of `rows.ts`. Each takes the alias of the table in the query.
 * `message`, `contact` and `conversation` are read through these alone, so that a new column has one home.
 */

export function messageJson(m: string): string {
  return `json_build_object('id', ${m}.id, 'conversationId', ${m}.conversation_id, 'numberId', ${m}.number_id,
    'wamid', ${m}.wamid, 'clientId', ${m}.client_id, 'author', ${m}.author, 'memberId', ${m}.member_id,
    'source', ${m}.source, 'sentAtMs', ${ms(`${m}.sent_at`)}, 'content', ${m}.content, 'file', ${m}.file, 'delivery', ${m}.delivery,
    'deliveryAtMs', ${ms(`${m}.delivery_at`)}, 'error', ${m}.error, 'quote', ${m}.quote, 'referral', ${m}.referral,
    'forwarded', ${m}.forwarded, 'reactions', ${m}.reactions, 'versions', ${m}.versions,
    'deletedAtMs', ${ms(`${m}.deleted_at`)}, 'payment', ${m}.payment, 'plan', case when ${m}.send_at is null and ${m}.expires_at is null then null
      else json_build_object('sendAtMs', ${ms(`${m}.send_at`)}, 'expiresAtMs', ${ms(`${m}.expires_at`)}) end, 'doubt', ${m}.doubt,
    'againOf', ${m}.again_of, 'baseRank', ${m}.base_rank, 'contentRank', ${m}.content_rank)`
}

export function contactJson(c: string): string {
  return `json_build_object('id', ${c}.id, 'phone', ${c}.phone, 'userId', ${c}.user_id,
    'parentUserId', ${c}.parent_user_id, 'username', ${c}.username, 'usernameAtMs', ${ms(`${c}.username_at`)},
    'addressBookName', ${c}.address_book_name, 'addressBookAtMs', ${ms(`${c}.address_book_at`)},
    'profileName', ${c}.profile_name, 'profileAtMs', ${ms(`${c}.profile_at`)}, 'agentName', ${c}.agent_name, 'isMerged', ${c}.is_merged)`
}

export function conversationJson(v: string): string {
  return `json_build_object('id', ${v}.id, 'numberId', ${v}.number_id, 'contactId', ${v}.contact_id, 'last', ${v}.last,
    'lastAtMs', ${ms(`${v}.last_at`)}, 'lastWamid', ${v}.last_wamid, 'lastId', ${v}.last_id,
    'inboundCount', ${v}.inbound_count, 'lastInboundAtMs', ${ms(`${v}.last_inbound_at`)},
    'windowRefusedAtMs', ${ms(`${v}.window_refused_at`)}, 'owner', ${v}.owner)`
}

/** Whether a live message opens the reply window (see `contract/reply-window.ts`). */
export function opensWindow(m: string): string {
  return `(case when ${m}.content ->> 'type' = 'call' then ${m}.content ->> 'by' = 'customer' else ${m}.author = 'customer'
    and (${m}.content ->> 'type' <> 'unsupported' or ${m}.content ->> 'code' = '131060') end)`
}

/** A timestamp column as Unix milliseconds. */
export function ms(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::bigint`
}

/** Unix milliseconds, as a double, to a timestamp. */
export function timestamp(value: string): string {
  return `to_timestamp(${value} / 1000)`
}

/**
 * The id of the conversation that one is now: itself, as nearly always, or the one that it went up in. `$1` is the
 * workspace; `id` a parameter. The function is planned anew at each call, so it is called for those that are gone alone.
 */
export function ledTo(id: string): string {
  return `case when exists (select from conversation where workspace_id = $1 and id = ${id}) then ${id}::uuid
    else lead_conversation($1, ${id}) end`
}
