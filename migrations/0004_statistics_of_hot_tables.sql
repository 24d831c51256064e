-- Without statistics a condition on the workspace counts twice, once as written and once from row-level security, and
-- makes any index that begins with it look as good as the full key: the look-ups of a batch then read the whole
-- workspace for each message, until PostgreSQL analyses the tables by itself a minute later. Wasl works as a role that
-- owns nothing, so it asks for the statistics here.
create function analyze_hot_tables() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze contact, identity, conversation, message, message_quote, message_status, message_change, reaction;
end $$;

revoke execute on function analyze_hot_tables() from public;
