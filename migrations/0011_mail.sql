-- E-mail out: how, to whom, and what was sent. The password is sealed, bound to its row.
create table mail_settings (
  workspace_id uuid primary key references workspace (id),
  host text not null check (length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text,
  sealed_password bytea,
  from_address text not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 20),
  language text not null check (language in ('ar', 'en')),
  member_id uuid not null,
  saved_at timestamptz not null,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- One row per mail; `cause` makes it once: the same reminder is not written a second time.
create table mail (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  cause text not null,
  recipients text[] not null,
  subject text not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  failure text,
  written_at timestamptz not null,
  done_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, cause)
);
create index mail_recent on mail (workspace_id, written_at desc);

alter table mail_settings enable row level security;
alter table mail_settings force row level security;
create policy workspace_only on mail_settings
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table mail enable row level security;
alter table mail force row level security;
create policy workspace_only on mail
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
