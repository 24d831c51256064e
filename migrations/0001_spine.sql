-- The spine: who we are, what came in, the threads it became, and the feed that tells the browsers.
-- Every key starts with workspace_id, so that the tables can be distributed by it. raw_delivery, delivery_queue,
-- unplaced_delivery and number_route alone have none to start with: they are used before anyone has read a delivery.
-- Machine keys are collated "C". No foreign keys on message, feed and raw_delivery: `bin/wasl check` proves the same.

create table workspace (
  id uuid primary key,
  name text not null,
  -- Changes when the feed starts anew (a restored or wiped database): a cursor of another feed gets a snapshot.
  feed_id uuid not null,
  created_at timestamptz not null
);

create table member (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  name text not null,
  role text not null check (role in ('owner', 'agent')),
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

create table business_number (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  waba_id text collate "C" not null,
  phone_number_id text collate "C" not null,
  -- Digits only, for telling our own messages from the customer's in history.
  phone text collate "C" not null,
  display_phone text not null,
  verified_name text not null,
  mode text not null check (mode in ('coexistence', 'api_only', 'app_only')),
  state text not null check (state in ('connecting', 'syncing', 'live', 'offboarded', 'removed', 'restricted', 'disabled')),
  connected_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, phone_number_id)
);

-- Secrets are sealed with AES-256-GCM, bound to their row by the additional data; see server/platform/crypto.ts.
create table number_secret (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null check (kind in ('access_token')),
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (workspace_id, number_id, kind),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- From Meta's id to ours, read before the workspace is known; hence no row-level security.
create table number_route (
  phone_number_id text collate "C" primary key,
  waba_id text collate "C" not null,
  workspace_id uuid not null,
  number_id uuid not null,
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);
create index number_route_waba on number_route (waba_id);

-- Intake ---------------------------------------------------------------------------------------------------------

-- The bytes as Meta sent them, append-only, one partition a day, dropped by age. The signature is an HMAC of the
-- body and so its own duplicate key; bodies are kept uncompressed because compressing costs more than it saves.
create table raw_delivery (
  received_on date not null,
  signature bytea not null,
  received_at timestamptz not null,
  body bytea not null,
  primary key (received_on, signature)
) partition by range (received_on);
alter table raw_delivery alter column body set storage external;

-- What is stored and not yet projected. Narrow, so that insert and delete are cheap.
create table delivery_queue (
  id bigint generated always as identity primary key,
  received_on date not null,
  signature bytea not null,
  received_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text
);

-- Deliveries nobody could place: not JSON, a number nobody knows, or one that failed again and again. Kept and shown.
create table unplaced_delivery (
  received_on date not null,
  signature bytea not null,
  reason text not null check (reason in ('not_json', 'not_a_webhook', 'unknown_number', 'failed')),
  detail text not null,
  waba_id text collate "C",
  phone_number_id text collate "C",
  received_at timestamptz not null,
  primary key (received_on, signature)
);

-- Customers ------------------------------------------------------------------------------------------------------

create table contact (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  phone text collate "C",
  user_id text collate "C",
  parent_user_id text collate "C",
  username text collate "C",
  -- Each name beside WhatsApp's time of the fact that carried it: the latest wins, in whatever order they come.
  username_at timestamptz,
  address_book_name text,
  address_book_at timestamptz,
  profile_name text,
  profile_at timestamptz,
  agent_name text,
  -- Set when this contact proved to be another one; its identities and threads have moved there.
  merged_into uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

-- kind: 1 phone (wa_id in its canonical form), 2 user id, 3 parent user id. A username is mutable and so never one.
-- A customer who changes number or user id keeps both: the one given up last was retired, the new one activated, and
-- contact.phone, user_id and parent_user_id are folded from that.
create table identity (
  workspace_id uuid not null,
  kind smallint not null check (kind in (1, 2, 3)),
  value text collate "C" not null,
  contact_id uuid not null,
  activated_at timestamptz,
  retired_at timestamptz,
  primary key (workspace_id, kind, value)
);
-- Not by workspace: while tables are small, a plan would rather walk an index by its first column alone than look up by
-- the full key, and plans are kept. Where rows are looked up by key in bulk, no second index begins with workspace_id.
create index identity_contact on identity (contact_id, kind);

-- Threads --------------------------------------------------------------------------------------------------------

create table conversation (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  contact_id uuid not null,
  -- contract LastMessage; kept beside its sort key so that the list needs one row per line.
  last jsonb,
  last_at timestamptz not null,
  last_wamid text collate "C",
  last_id uuid,
  inbound_count integer not null default 0,
  last_inbound_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, number_id, contact_id)
);
create index conversation_list on conversation (workspace_id, last_at desc, id desc);

create table message (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  conversation_id uuid not null,
  wamid text collate "C",
  client_id text collate "C",
  author text not null,
  member_id uuid,
  source text not null,
  sent_at timestamptz not null,
  content jsonb not null,
  delivery text,
  delivery_at timestamptz,
  error jsonb,
  -- {wamid, productId?}: what it answers, by Meta's id; the quoted message may come later or never.
  quote jsonb,
  referral jsonb,
  forwarded smallint not null default 0,
  -- Folded from message_change and reaction, so that a thread is read from this table alone, and a further fact can be
  -- folded in without reading the others. reactions: the latest of each side, {by, emoji, atMs, wamid}, emoji null when
  -- taken back. versions: the first wording and every edit, {content, atMs, wamid}; the last one equals content.
  reactions jsonb,
  versions jsonb,
  deleted_at timestamptz,
  -- How good the road was by which the facts and the content came (server/inbox/fold-message.ts): the better one wins.
  base_rank smallint not null,
  content_rank smallint not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, number_id, wamid)
);
create unique index message_client on message (workspace_id, client_id) where client_id is not null;
create index message_thread on message (conversation_id, sent_at, wamid);

-- Which messages answer a message: what they show of it changes with it. A table and not an index of message, so that
-- there is one way to look it up, whatever a plan was made on.
create table message_quote (
  workspace_id uuid not null,
  number_id uuid not null,
  quoted_wamid text collate "C" not null,
  message_id uuid not null,
  primary key (workspace_id, number_id, quoted_wamid, message_id)
);

-- Facts about a message, kept by the wamid they speak of: they may come before it, twice, or in any order.

create table message_status (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  status text not null,
  at timestamptz not null,
  errors jsonb,
  pricing jsonb,
  conversation jsonb,
  callback_data text,
  primary key (workspace_id, number_id, wamid, status)
);

create table message_change (
  workspace_id uuid not null,
  number_id uuid not null,
  target_wamid text collate "C" not null,
  change_wamid text collate "C" not null,
  kind text not null check (kind in ('edit', 'delete')),
  at timestamptz not null,
  content jsonb,
  primary key (workspace_id, number_id, target_wamid, change_wamid)
);

-- The latest reaction of each side wins by (at, wamid); an emoji of null takes it back.
create table reaction (
  workspace_id uuid not null,
  number_id uuid not null,
  target_wamid text collate "C" not null,
  side text not null check (side in ('customer', 'business')),
  emoji text,
  at timestamptz not null,
  wamid text collate "C" not null,
  primary key (workspace_id, number_id, target_wamid, side)
);

create table conversation_read (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  inbound_count integer not null,
  primary key (workspace_id, member_id, conversation_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Coexistence ----------------------------------------------------------------------------------------------------

create table sync (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null check (kind in ('contacts', 'history')),
  state text not null,
  request_id text,
  asked_at timestamptz,
  updated_at timestamptz,
  progress_percent integer,
  received integer not null default 0,
  primary key (workspace_id, number_id, kind),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- One row per chunk that came, so that a chunk delivered twice counts once.
create table sync_chunk (
  workspace_id uuid not null,
  number_id uuid not null,
  phase smallint not null,
  chunk_order integer not null,
  threads integer not null,
  messages integer not null,
  progress_percent integer not null,
  received_at timestamptz not null,
  primary key (workspace_id, number_id, phase, chunk_order)
);

-- What Meta told us ----------------------------------------------------------------------------------------------

-- digest: SHA-256 over the fact, so that a repeated delivery is counted once.
create table notice (
  workspace_id uuid not null references workspace (id),
  digest bytea not null,
  number_id uuid,
  waba_id text collate "C",
  kind text not null,
  field text not null,
  event text,
  at timestamptz,
  received_at timestamptz not null,
  data jsonb not null,
  primary key (workspace_id, digest)
);
create index notice_recent on notice (workspace_id, received_at desc);

create table unrecognised (
  workspace_id uuid not null references workspace (id),
  digest bytea not null,
  number_id uuid,
  field text,
  reason text not null,
  wire jsonb not null,
  received_at timestamptz not null,
  primary key (workspace_id, digest)
);
create index unrecognised_recent on unrecognised (workspace_id, received_at desc);

-- The feed -------------------------------------------------------------------------------------------------------

create table feed_counter (
  workspace_id uuid primary key references workspace (id),
  seq bigint not null default 0
);

create table feed (
  workspace_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  -- json, not jsonb: it is written once and read back letter by letter.
  event json not null,
  primary key (workspace_id, seq)
);

-- Tenancy: nobody but the owner of the tables may pass row-level security, and Wasl works as wasl_app, which owns
-- nothing. Without a workspace set there are zero rows. The sub-select lets the planner read the setting once.
create function set_workspace_policy(table_name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy workspace_only on %I using (workspace_id = (select nullif(current_setting(''wasl.workspace_id'', true), '''')::uuid))',
    table_name);
end $$;

select set_workspace_policy(name) from unnest(array[
  'member', 'business_number', 'number_secret', 'contact', 'identity', 'conversation', 'message', 'message_quote', 'message_status',
  'message_change', 'reaction', 'conversation_read', 'sync', 'sync_chunk', 'notice', 'unrecognised', 'feed_counter', 'feed'
]) as name;
drop function set_workspace_policy;
