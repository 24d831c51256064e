-- Message templates: what Meta has, what people here wrote and approved, and every step in between.
create table template (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  waba_id text collate "C" not null,
  name text collate "C" not null check (length(name) between 1 and 512),
  language text collate "C" not null check (length(language) between 2 and 10),
  created_at timestamptz not null,
  removed_at timestamptz,
  archived_at timestamptz,
  -- The newest writing, and how far its review has come.
  version integer not null check (version > 0),
  review text not null check (review in ('draft', 'in_review', 'returned', 'reviewed', 'submitted')),
  approved_at timestamptz,
  -- The writing that Meta was given, when another person last approved it, and the edits that Meta counts.
  submitted_version integer,
  reviewed_at timestamptz,
  edits timestamptz[] not null default '{}',
  -- What Meta has, as it said when it was last asked.
  meta_id text collate "C",
  meta_status text,
  meta_category text,
  meta_quality text,
  meta_reason text,
  meta_wording jsonb,
  meta_note jsonb,
  next_category text,
  next_category_at timestamptz,
  drifted boolean not null default false,
  synced_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, waba_id, name, language)
);

create table template_version (
  workspace_id uuid not null,
  template_id uuid not null,
  version integer not null check (version > 0),
  wording jsonb not null,
  -- A text of Meta's library, approved by Meta at once.
  library_name text,
  -- null: found at Meta.
  member_id uuid,
  written_at timestamptz not null,
  primary key (workspace_id, template_id, version),
  foreign key (workspace_id, template_id) references template (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

create table template_event (
  workspace_id uuid not null,
  template_id uuid not null,
  id bigint generated always as identity,
  version integer not null,
  kind text not null,
  -- null: Meta, or time.
  member_id uuid,
  note text,
  at timestamptz not null,
  primary key (workspace_id, template_id, id),
  foreign key (workspace_id, template_id) references template (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Files that headers show: the sample that Meta reviews, and what a send attaches. An upload goes on where it broke off.
create table template_sample (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  file_name text not null,
  mime_type text not null,
  bytes bytea not null,
  upload_id text,
  handle text,
  handle_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
alter table template_sample alter column bytes set storage external;

-- The same file as each number has it for sending; Meta keeps it for 30 days.
create table template_sample_media (
  workspace_id uuid not null,
  sample_id uuid not null,
  number_id uuid not null,
  media_id text not null,
  uploaded_at timestamptz not null,
  primary key (workspace_id, sample_id, number_id),
  foreign key (workspace_id, sample_id) references template_sample (workspace_id, id)
);

create table template_sync (
  workspace_id uuid not null references workspace (id),
  waba_id text collate "C" not null,
  synced_at timestamptz,
  tried_at timestamptz not null,
  problem text,
  primary key (workspace_id, waba_id)
);

create table template_settings (
  workspace_id uuid primary key references workspace (id),
  review_days integer not null check (review_days between 1 and 3650),
  grace_days integer not null check (grace_days between 0 and 365),
  member_id uuid not null,
  saved_at timestamptz not null,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

alter table template enable row level security;
alter table template force row level security;
create policy workspace_only on template
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_version enable row level security;
alter table template_version force row level security;
create policy workspace_only on template_version
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_event enable row level security;
alter table template_event force row level security;
create policy workspace_only on template_event
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_sample enable row level security;
alter table template_sample force row level security;
create policy workspace_only on template_sample
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_sample_media enable row level security;
alter table template_sample_media force row level security;
create policy workspace_only on template_sample_media
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_sync enable row level security;
alter table template_sync force row level security;
create policy workspace_only on template_sync
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table template_settings enable row level security;
alter table template_settings force row level security;
create policy workspace_only on template_settings
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
