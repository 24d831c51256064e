-- Customers to whom templates went outside their reply windows, on whatever number: each takes one of the places that Meta
-- gives the portfolio for 24 hours.
create table customer_place (
  workspace_id uuid not null references workspace (id),
  contact_id uuid not null,
  -- The message that took it last, when, and since when it was taken before: that holds again when the message fails.
  message_id uuid not null,
  taken_at timestamptz not null,
  before_at timestamptz,
  primary key (workspace_id, contact_id)
);
create index customer_place_taken on customer_place (workspace_id, taken_at);

-- How many of the places may be taken until they are counted anew; processes wait for each other here.
create table place_count (
  workspace_id uuid primary key references workspace (id),
  places integer not null,
  unused integer not null check (unused >= 0)
);

alter table customer_place enable row level security;
alter table customer_place force row level security;
create policy workspace_only on customer_place
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table place_count enable row level security;
alter table place_count force row level security;
create policy workspace_only on place_count
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
