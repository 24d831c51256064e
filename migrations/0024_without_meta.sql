-- What is known of a number beside its connection: one that Meta has given no id, whether its webhook can be reached, and
-- what its profile shows.

-- A number that is held on the phone alone is a record of ours, until it is connected.
alter table business_number
  alter column waba_id drop not null,
  alter column phone_number_id drop not null,
  add constraint business_number_ids check (
    (waba_id is null) = (phone_number_id is null) and (phone_number_id is not null or mode = 'app_only'));
create unique index business_number_on_phone on business_number (workspace_id, phone) where phone_number_id is null;

-- Whether Meta could reach our webhook, as Wasl itself saw it when it called it from outside: since when it fails, how
-- often in a row, and why. Null: it answered.
create table webhook_probe (
  workspace_id uuid not null references workspace (id),
  checked_at timestamptz not null,
  failing_since timestamptz,
  failures integer not null default 0 check (failures >= 0),
  fault text,
  primary key (workspace_id)
);

-- The picture of a number's profile, small and written anew from what Meta gave. source: SHA-256 of Meta's address of it.
create table profile_picture (
  workspace_id uuid not null,
  number_id uuid not null,
  source bytea not null check (octet_length(source) = 32),
  -- Null: it could not be had.
  webp bytea check (octet_length(webp) <= 262144),
  fetched_at timestamptz not null,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

alter table webhook_probe enable row level security;
alter table webhook_probe force row level security;
create policy workspace_only on webhook_probe
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table profile_picture enable row level security;
alter table profile_picture force row level security;
create policy workspace_only on profile_picture
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
