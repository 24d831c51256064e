-- How Meta bills the business: the currency and the time zone of its account, and whether service messages are exempt.
create table cost_settings (
  workspace_id uuid primary key references workspace (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null check (length(time_zone) between 1 and 60),
  exempt boolean not null,
  member_id uuid not null,
  saved_at timestamptz not null,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
alter table cost_settings enable row level security;
alter table cost_settings force row level security;
create policy workspace_only on cost_settings
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));

-- A month of a report reads the blocks of that month alone. Rows come nearly in order of time, so that these indexes are a few
-- pages and cost a write nothing.
create index message_status_time on message_status using brin (at);
create index message_time on message using brin (created_at);
