-- WhatsApp's refusal (131047) closes the reply window at once, whatever we think is left of it.
alter table conversation add column window_refused_at timestamptz;

create index message_window_refused on message (workspace_id, conversation_id)
  where delivery = 'failed' and (error ->> 'code') = '131047';

-- What WhatsApp does not let us read opens no window, unless it says that the customer has written (131060).
update conversation v set last_inbound_at = t.last
  from (select m.workspace_id, m.conversation_id,
               max(m.sent_at) filter (where m.content ->> 'type' <> 'unsupported' or m.content ->> 'code' = '131060') as last
          from message m where m.source = 'live' and m.author = 'customer'
         group by 1, 2 having bool_or(m.content ->> 'type' = 'unsupported')) t
 where v.workspace_id = t.workspace_id and v.id = t.conversation_id and v.last_inbound_at is distinct from t.last;
