-- What could not be captured, who may write in a thread, and the ready-made answer.

-- One row per cause and number, derived from what other tables say (server/gaps/derive-gaps.ts): nobody else writes here.
-- A key names its cause for ever, so that deriving anew changes nothing twice. until: its cause is gone; null: it is not.
create table capture_gap (
  workspace_id uuid not null,
  number_id uuid not null,
  key text collate "C" not null,
  kind text not null,
  since timestamptz not null,
  until timestamptz,
  -- How many messages, files or events; null: nobody can know.
  count integer check (count >= 0),
  evidence jsonb not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, number_id, key),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

create table gap_check (
  workspace_id uuid not null,
  number_id uuid not null,
  checked_at timestamptz not null,
  -- Meta's own history of what it reported: when it was asked for, and whether this number may ask.
  history_asked_at timestamptz,
  history_available boolean,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- From when to when a process of Wasl ran: what lies between all of them is an outage of ours.
create table server_run (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  primary key (workspace_id, id)
);

-- Messages of which a status came and nothing else. Written where the status is, and narrow: the statuses themselves
-- are many and have no index by time. A message that turns up after all takes its row away.
create table stray_status (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  at timestamptz not null,
  seen_at timestamptz not null,
  -- Which program sent it, as Meta's history says: own, our app; other. Null: Meta was not asked, or did not say.
  sender text check (sender in ('own', 'other')),
  asked_at timestamptz,
  primary key (workspace_id, number_id, wamid)
);

-- Reports of which Meta itself says that they did not reach us. One that comes after all takes its row away.
create table missed_report (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  status text collate "C" not null,
  at timestamptz not null,
  primary key (workspace_id, number_id, wamid, status)
);

-- Messages that say only that something was sent. Few, and found without reading all the others.
create index message_uncaptured on message (workspace_id, number_id, sent_at)
  where content ->> 'type' in ('unsupported', 'media_placeholder');
create index message_file_missing on message (workspace_id, number_id, sent_at) where file ->> 'state' = 'missing';
create index notice_of_number on notice (workspace_id, number_id, kind, received_at);

-- Which partner on the number owns the thread (contract ThreadOwner); null: nobody was ever named.
alter table conversation add column owner jsonb;

create table auto_answer_setting (
  workspace_id uuid not null,
  number_id uuid not null,
  enabled boolean not null,
  -- Since when: messages of before are never answered by it.
  enabled_at timestamptz,
  text_ar text not null check (length(text_ar) between 1 and 1024),
  text_en text not null check (length(text_en) between 1 and 1024),
  member_id uuid not null,
  saved_at timestamptz not null,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Who was answered: once per customer, for ever, whichever number they wrote to.
create table auto_answer (
  workspace_id uuid not null,
  contact_id uuid not null,
  number_id uuid not null,
  conversation_id uuid not null,
  -- The message that could not be received, and ours that says so.
  message_id uuid not null,
  answer_id uuid not null,
  answered_at timestamptz not null,
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);

alter table capture_gap enable row level security;
alter table capture_gap force row level security;
create policy workspace_only on capture_gap
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table gap_check enable row level security;
alter table gap_check force row level security;
create policy workspace_only on gap_check
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table server_run enable row level security;
alter table server_run force row level security;
create policy workspace_only on server_run
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table stray_status enable row level security;
alter table stray_status force row level security;
create policy workspace_only on stray_status
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table missed_report enable row level security;
alter table missed_report force row level security;
create policy workspace_only on missed_report
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table auto_answer_setting enable row level security;
alter table auto_answer_setting force row level security;
create policy workspace_only on auto_answer_setting
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table auto_answer enable row level security;
alter table auto_answer force row level security;
create policy workspace_only on auto_answer
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
