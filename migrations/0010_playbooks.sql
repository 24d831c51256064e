-- The firm's own pages beside Wasl's playbooks. Every writing is a row: what a page said last month can be read again,
-- and a removal can be taken back.
create table playbook (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, id)
);

create table playbook_version (
  workspace_id uuid not null,
  playbook_id uuid not null,
  version integer not null check (version > 0),
  title text not null check (length(title) between 1 and 120),
  -- Markdown.
  body text not null check (length(body) <= 50000),
  -- null: for readers of every language.
  language text check (language in ('ar', 'en')),
  member_id uuid not null,
  written_at timestamptz not null,
  primary key (workspace_id, playbook_id, version),
  foreign key (workspace_id, playbook_id) references playbook (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

alter table playbook enable row level security;
alter table playbook force row level security;
create policy workspace_only on playbook
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table playbook_version enable row level security;
alter table playbook_version force row level security;
create policy workspace_only on playbook_version
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
