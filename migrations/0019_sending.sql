-- Sending within Meta's limits, shared by every process on this database.

-- send_at: not before, expires_at: not after, as the member said; tried_at: the first call that was made for it; doubt: what
-- a person decided when nobody knew whether it had gone out.
alter table message
  add column send_at timestamptz,
  add column expires_at timestamptz,
  add column tried_at timestamptz,
  add column doubt text check (doubt in ('again', 'leave'));

-- What waits of a number, agents first, then bots, then campaigns. Few rows ever wait, so it costs the rest nothing.
create index message_waiting on message (workspace_id, number_id, (case author when 'agent' then 0 when 'campaign' then 2 else 1 end), id)
  where delivery = 'queued' and wamid is null;

-- Messages a second, in and out together; without a row the preset of the number's mode holds.
create table send_limit (
  workspace_id uuid not null,
  number_id uuid not null,
  per_second integer not null check (per_second between 1 and 1000),
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- When a number's next call may be made, by the database's clock: a leaky bucket kept as one instant. Whoever claims
-- messages locks the row. pauses: how often in a row Meta has said that it is too fast. holder: the
-- process that makes the calls now, until when.
create table send_pace (
  workspace_id uuid not null,
  number_id uuid not null,
  free_at timestamptz not null default '-infinity',
  paused_until timestamptz,
  pauses integer not null default 0,
  holder uuid,
  holder_until timestamptz,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- The same for one customer of a number. used_until: up to when the allowance of one message per 6 seconds is borrowed.
-- held_until: a wait of its own, after a refusal or, with held_wamid, until that file is delivered.
create table send_pair (
  workspace_id uuid not null,
  conversation_id uuid not null,
  used_until timestamptz not null,
  held_until timestamptz,
  held_wamid text collate "C",
  refusals integer not null default 0,
  primary key (workspace_id, conversation_id)
);

-- Customers' messages and the phone's, as they came in: they count against the same limit. Rows live for a minute.
create table number_traffic (
  workspace_id uuid not null,
  number_id uuid not null,
  at timestamptz not null,
  messages integer not null
);
create index number_traffic_recent on number_traffic (workspace_id, number_id, at);

-- undo_seconds: how long an agent's message can be taken back before it goes out. ask_after_minutes: from when a person is
-- asked about a message of which nobody knows whether it went out.
create table send_setting (
  workspace_id uuid primary key references workspace (id),
  undo_seconds integer not null check (undo_seconds between 0 and 60),
  ask_after_minutes integer not null check (ask_after_minutes between 1 and 1440)
);

create function pg_temp.protect(name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format(
    'create policy workspace_only on %I using (workspace_id = (select nullif(current_setting(''wasl.workspace_id'', true), '''')::uuid))',
    name);
end $$;
select pg_temp.protect(name) from unnest(array['send_limit', 'send_pace', 'send_pair', 'number_traffic', 'send_setting']) as name;
