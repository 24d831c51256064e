-- Customers for whom WhatsApp held advertising back (131049): Meta asks to send them none for a day.
create index message_marketing_held on message (workspace_id, conversation_id)
  where delivery = 'failed' and (error ->> 'code') = '131049';
