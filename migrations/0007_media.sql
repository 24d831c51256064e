-- What has to be asked for in time, and the files of messages.

-- A sync may be asked for until its deadline, 24 hours after the onboarding. alarmed_at: when somebody was told that it
-- runs out. error: what Meta answered last (contract SyncError).
alter table sync
  add column deadline_at timestamptz,
  add column alarmed_at timestamptz,
  add column error jsonb,
  add constraint sync_state check (state in ('not_asked', 'asked', 'silent', 'receiving', 'declined', 'complete', 'partial', 'too_late', 'used_up'));

-- The owner of the tables, who migrates, is held by row-level security too; here it fills in for all workspaces.
alter table sync no force row level security;
alter table business_number no force row level security;
update sync s set deadline_at = n.connected_at + interval '24 hours'
  from business_number n where n.workspace_id = s.workspace_id and n.id = s.number_id;
alter table sync force row level security;
alter table business_number force row level security;

-- What became of a message's file (contract MessageFile): on the message, so that a thread is read from one table. Null:
-- it has none, or it is on its way.
alter table message add column file jsonb;

-- Files by the SHA-256 of their bytes, which lie in a folder or an S3-compatible store: one picture sent to a hundred
-- customers is one file.
create table media_file (
  workspace_id uuid not null references workspace (id),
  hash bytea not null check (octet_length(hash) = 32),
  bytes bigint not null check (bytes >= 0),
  -- What the bytes say, never what the sender says; null: unknown, and served as a download.
  mime_type text,
  -- Null: no smaller picture was made of it.
  thumb_bytes integer check (thumb_bytes > 0),
  -- Sound: length, and how loud it is over that length, 0 to 100.
  seconds real,
  wave smallint[],
  created_at timestamptz not null,
  primary key (workspace_id, hash)
);

-- Files that are still to be fetched from Meta. Narrow: it is filled by the transaction that writes the messages. No
-- foreign key to message, as everywhere where many rows come at once.
create table media_fetch (
  workspace_id uuid not null,
  message_id uuid not null,
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null,
  -- Meta keeps the file of a webhook for seven days.
  expires_at timestamptz not null,
  primary key (workspace_id, message_id)
);
create index media_fetch_due on media_fetch (workspace_id, next_attempt_at);

alter table media_file enable row level security;
alter table media_file force row level security;
create policy workspace_only on media_file
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table media_fetch enable row level security;
alter table media_fetch force row level security;
create policy workspace_only on media_fetch
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
