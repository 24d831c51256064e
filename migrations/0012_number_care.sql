-- Looking after a number: what Meta says about it and when it said so, when webhooks came last, the devices linked to its
-- phone, and the reminders that were sent.

-- The last answer to each question about a number, and what came instead when it was asked last. A page shows both, so
-- that an old answer is never taken for today's.
create table meta_answer (
  workspace_id uuid not null,
  number_id uuid not null,
  question text not null check (question in ('number', 'account', 'funding', 'token', 'subscription', 'fields', 'profile', 'username')),
  asked_at timestamptz not null,
  answer jsonb,
  answered_at timestamptz,
  -- contract MetaFailure; null when the last asking was answered.
  failure jsonb,
  primary key (workspace_id, number_id, question),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- When something came for a number last, exact to half a minute, and how long it waited to be read.
create table webhook_arrival (
  workspace_id uuid not null,
  number_id uuid not null,
  received_at timestamptz not null,
  lag_ms integer not null check (lag_ms >= 0),
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- Devices linked to the phone, as people say: Meta tells nobody. Whether one is linked still is derived from the times.
create table linked_device (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('web', 'mac', 'android_tablet', 'ipad', 'second_phone', 'windows', 'wearos', 'other')),
  linked_at timestamptz not null,
  last_active_at timestamptz,
  unlinked_at timestamptz,
  removed_at timestamptz,
  member_id uuid not null,
  saved_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

create table reminder_settings (
  workspace_id uuid primary key references workspace (id),
  enabled boolean not null,
  -- null: everybody whom the mail settings name.
  recipients text[] check (cardinality(recipients) between 1 and 20),
  member_id uuid not null,
  saved_at timestamptz not null,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Each reminder once: occasion is the day of one silence, or the instant of one state.
create table reminder (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null check (kind in ('open_phone', 'offboarded', 'removed')),
  occasion text collate "C" not null,
  mail_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, number_id, kind, occasion),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, mail_id) references mail (workspace_id, id)
);

alter table meta_answer enable row level security;
alter table meta_answer force row level security;
create policy workspace_only on meta_answer
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table webhook_arrival enable row level security;
alter table webhook_arrival force row level security;
create policy workspace_only on webhook_arrival
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table linked_device enable row level security;
alter table linked_device force row level security;
create policy workspace_only on linked_device
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table reminder_settings enable row level security;
alter table reminder_settings force row level security;
create policy workspace_only on reminder_settings
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table reminder enable row level security;
alter table reminder force row level security;
create policy workspace_only on reminder
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));

-- The errors of a number are read for its health page. Few messages ever fail, so the index costs the rest nothing.
create index message_failed on message (number_id, delivery_at) where delivery = 'failed';
