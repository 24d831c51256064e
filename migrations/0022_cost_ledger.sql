-- What each message of the business cost: first what our rules said when it was sent, then Meta's own word. Messages of the phone
-- stand here with what they would have cost through the API.
create table message_cost (
  workspace_id uuid not null references workspace (id),
  number_id uuid not null,
  wamid text collate "C" not null,
  -- null: no message of this id is here; another program sent it.
  message_id uuid,
  author text,
  member_id uuid,
  template text,
  -- ISO 3166; null: hidden, or of no country we know.
  country text,
  -- When it counts: when it came, while that is not told when it was sent.
  at timestamptz not null,
  -- Whose word the amount is: that of our rules, Meta's, or nobody's since it was written on the phone.
  basis text not null check (basis in ('estimate', 'meta', 'phone')),
  category text not null,
  reason text not null,
  -- Millionths of the currency; null: no list has a price for it.
  amount bigint,
  currency text not null,
  -- null: the message was not sent through Wasl.
  estimate bigint,
  estimate_reason text,
  -- Meta's own words.
  pricing jsonb,
  -- Meta's id of the conversation, of which one message was charged until June 2025.
  conversation_ref text collate "C",
  primary key (workspace_id, number_id, wamid)
);
create index message_cost_time on message_cost (workspace_id, at);
create index message_cost_open on message_cost (workspace_id, at) where basis = 'estimate';
create index message_cost_conversation on message_cost (workspace_id, conversation_ref) where conversation_ref is not null;

-- Charged messages of a month, market and category: by their number a message's volume tier is known without a count.
create table cost_volume (
  workspace_id uuid not null references workspace (id),
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  market text not null,
  category text not null,
  charged integer not null,
  primary key (workspace_id, month, market, category)
);

-- How far the ledger is kept. looked_at: when it last looked far back. stale_from: the first day from which amounts have to be
-- reckoned anew, since a price list or the account's settings have changed.
create table cost_ledger (
  workspace_id uuid primary key references workspace (id),
  looked_at timestamptz,
  stale_from text
);

-- What is on its way, by our estimate; a budget counts it until Meta has said what it costs.
alter table cost_month add column pending bigint not null default 0;

alter table message_cost enable row level security;
alter table message_cost force row level security;
create policy workspace_only on message_cost
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table cost_volume enable row level security;
alter table cost_volume force row level security;
create policy workspace_only on cost_volume
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table cost_ledger enable row level security;
alter table cost_ledger force row level security;
create policy workspace_only on cost_ledger
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
