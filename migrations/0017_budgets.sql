-- What a month has cost so far, per number; counted anew every few minutes from Meta's own prices, so that an estimate and a
-- budget need one row and no count.
create table cost_month (
  workspace_id uuid not null references workspace (id),
  number_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  free_used integer not null,
  -- Millionths of the currency.
  amount bigint not null,
  currency text not null,
  counted_at timestamptz not null,
  primary key (workspace_id, number_id, month)
);

-- number_id null: all numbers together. hard_stop: nothing that costs goes out when the amount is spent, but for answers that a
-- member confirms.
create table cost_budget (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  number_id uuid,
  amount bigint not null check (amount > 0),
  hard_stop boolean not null,
  member_id uuid not null,
  saved_at timestamptz not null,
  primary key (workspace_id, id),
  unique nulls not distinct (workspace_id, number_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Each alarm once a month.
create table budget_alarm (
  workspace_id uuid not null references workspace (id),
  budget_id uuid not null,
  month text not null,
  percent integer not null,
  raised_at timestamptz not null,
  primary key (workspace_id, budget_id, month, percent)
);

alter table cost_month enable row level security;
alter table cost_month force row level security;
create policy workspace_only on cost_month
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table cost_budget enable row level security;
alter table cost_budget force row level security;
create policy workspace_only on cost_budget
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table budget_alarm enable row level security;
alter table budget_alarm force row level security;
create policy workspace_only on budget_alarm
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
