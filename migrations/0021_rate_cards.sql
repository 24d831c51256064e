-- Price lists that the owner has taken from files of Meta's. What is removed stays, so that it can be told who had which prices
-- in force when; it counts for nothing.
create table rate_card (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  effective_from text not null check (effective_from ~ '^\d{4}-\d{2}-\d{2}$'),
  file_name text not null check (length(file_name) between 1 and 120),
  -- By market and category, decimals as they are written.
  rates jsonb not null,
  tiers jsonb not null,
  member_id uuid not null,
  imported_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  foreign key (workspace_id, removed_by) references member (workspace_id, id)
);
alter table rate_card enable row level security;
alter table rate_card force row level security;
create policy workspace_only on rate_card
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
