-- The send job looks for what waits in a conversation, the sweep for calls whose answer never came. Few rows ever are
-- in either state, so the index costs the rest nothing.
create index message_unsent on message (workspace_id, conversation_id, id) where delivery in ('queued', 'sending');
