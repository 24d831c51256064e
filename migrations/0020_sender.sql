-- One process at a time makes a number's calls and keeps its pace in memory; the database says which.

alter table send_pace drop column free_at;
drop table number_traffic;

-- What waits without a time of its own, and what was planned for later: neither is read past for the other.
drop index message_waiting;
create index message_waiting on message (workspace_id, number_id, (case author when 'agent' then 0 when 'campaign' then 2 else 1 end), id)
  where delivery = 'queued' and wamid is null and send_at is null;
create index message_planned on message (workspace_id, number_id, send_at)
  where delivery = 'queued' and wamid is null and send_at is not null;
