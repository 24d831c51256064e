-- How a number stands, since when and why, and what was seen of its phone.

-- state_reason: contract StateReason. last_sign_at, last_sign_kind: when the phone was last seen to be alive, and by what.
-- checked_at: when Graph last told how the number stands. suspicion: an answer of Graph's that differs from the state and
-- was given once; the second one becomes the state. state_since is null for a row that nothing has changed yet.
alter table business_number
  add column state_since timestamptz,
  add column state_reason text,
  add column last_sign_at timestamptz,
  add column last_sign_kind text check (last_sign_kind in ('connected', 'echo', 'contact', 'history', 'opened')),
  add column checked_at timestamptz,
  add column suspicion jsonb,
  add column token_expires_at timestamptz,
  drop constraint business_number_state_check,
  add constraint business_number_state_check check (state in ('preparing', 'connecting', 'syncing', 'live', 'at_risk', 'offboarded', 'removed', 'restricted', 'disabled'));

-- Whoever connected a number held its phone. The owner of the tables, who migrates, is held by row-level security too;
-- here it fills in for all workspaces.
alter table business_number no force row level security;
update business_number set last_sign_at = connected_at, last_sign_kind = 'connected' where mode = 'coexistence';
alter table business_number force row level security;

-- Every change of a number's state or of its reason, with what showed it (contract StateEvidence).
create table number_state_change (
  workspace_id uuid not null,
  number_id uuid not null,
  id bigint generated always as identity,
  state text not null,
  reason text,
  evidence jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, number_id, id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

alter table number_state_change enable row level security;
alter table number_state_change force row level security;
create policy workspace_only on number_state_change
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
