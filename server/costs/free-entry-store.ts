import { FREE_ENTRY_REACH_MS } from '../../contract/reply-window.ts'

/** A way in that lies further back has nothing open any more. */
const REACH = `interval '${FREE_ENTRY_REACH_MS} milliseconds'`

/**
 * SQL that joins, to a conversation and an instant, the customer's last way in by an ad: `e.referred_at`, the first answer of
 * ours after it through the API `e.answered_at`, and until when Meta's statuses of that answer say it is free `e.told_until`.
 * Reads the thread of the last days alone, by its index.
 */
export function freeEntryJoin(workspace: string, conversationId: string, at: string): string {
  return `
  left join lateral (
    select r.sent_at as referred_at, f.sent_at as answered_at, s.told_until
      from (select i.sent_at from message i
             where i.conversation_id = ${conversationId} and i.workspace_id = ${workspace} and i.referral is not null
               and i.author = 'customer' and i.source = 'live'
               and i.sent_at <= ${at} and i.sent_at > ${at} - ${REACH}
             order by i.sent_at desc limit 1) r
      left join lateral (
        select o.sent_at, o.number_id, o.wamid from message o
         where o.conversation_id = ${conversationId} and o.workspace_id = ${workspace}
           and o.author in ('agent', 'bot', 'campaign', 'api') and o.source = 'live' and o.wamid is not null
           and coalesce(o.delivery, '') not in ('failed', 'cancelled', 'expired')
           and o.sent_at >= r.sent_at and o.sent_at < ${at}
         order by o.sent_at limit 1) f on true
      left join lateral (
        select max((t.conversation->>'expiresAtMs')::float8) as told_until from message_status t
         where t.workspace_id = ${workspace} and t.number_id = f.number_id and t.wamid = f.wamid
           and t.conversation->>'originType' = 'referral_conversion') s on true
  ) e on true`
}
