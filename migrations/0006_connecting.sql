-- Connecting a number: what was asked before, what was agreed to, and each step with what became of it.

-- One attempt to connect. way: by the popup of Embedded Signup for a number that stays on the phone (coexistence), by the
-- same popup for a number of the API alone, or by ids and a token. number_id: the number that comes back or changes its
-- mode; null for a new one. The token lies here, sealed, only until the number is kept.
create table onboarding (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  way text not null check (way in ('coexistence', 'api_signup', 'api_token')),
  number_id uuid,
  state text not null check (state in ('open', 'done', 'ended')),
  -- What the popup named; only the account is certain.
  waba_id text collate "C",
  phone_number_id text collate "C",
  sealed_token bytea,
  token_expires_at timestamptz,
  -- When the owner finished the popup: from then on Meta counts the 24 hours of the two syncs.
  signed_up_at timestamptz,
  member_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create unique index onboarding_open on onboarding (workspace_id) where state = 'open';

-- error: contract StepError, with Meta's code and trace id.
create table onboarding_step (
  workspace_id uuid not null,
  onboarding_id uuid not null,
  step text not null check (step in ('signup', 'exchange', 'token', 'choose', 'subscribe', 'confirm', 'keep')),
  state text not null check (state in ('running', 'waiting', 'done', 'failed')),
  attempts integer not null default 0,
  error jsonb,
  at timestamptz not null,
  primary key (workspace_id, onboarding_id, step),
  foreign key (workspace_id, onboarding_id) references onboarding (workspace_id, id)
);

-- Every number that the token can reach, of every account. number_id: ours, once it is kept.
create table onboarding_number (
  workspace_id uuid not null,
  onboarding_id uuid not null,
  phone_number_id text collate "C" not null,
  waba_id text collate "C" not null,
  display_phone text not null,
  verified_name text not null,
  on_phone boolean not null,
  in_api boolean not null,
  chosen boolean not null,
  number_id uuid,
  primary key (workspace_id, onboarding_id, phone_number_id),
  foreign key (workspace_id, onboarding_id) references onboarding (workspace_id, id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

-- A code of Embedded Signup works once: its hash is written before it is tried, and nothing is tried that stands here.
create table signup_code (
  workspace_id uuid not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  onboarding_id uuid not null,
  tried_at timestamptz not null,
  primary key (workspace_id, code_hash),
  foreign key (workspace_id, onboarding_id) references onboarding (workspace_id, id)
);

-- What an owner read and agreed to, or did not; never changed afterwards, a later one stands beside it.
create table consent (
  workspace_id uuid not null,
  id uuid not null,
  onboarding_id uuid not null,
  subject text not null check (subject in ('phone_changes', 'import')),
  granted boolean not null,
  text_version text not null,
  language text not null check (language in ('ar', 'en')),
  member_id uuid not null,
  given_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, onboarding_id) references onboarding (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index consent_onboarding on consent (workspace_id, onboarding_id);

-- What only a person can say before a number is connected; the latest answer to each question.
create table preflight_answer (
  workspace_id uuid not null references workspace (id),
  question text not null check (question in ('app_version', 'app_since', 'business_verified', 'phone', 'facebook_page', 'partner_type', 'payer')),
  answer text not null check (length(answer) between 1 and 100),
  member_id uuid not null,
  answered_at timestamptz not null,
  primary key (workspace_id, question),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Countries that the operator was told not to connect, beside Meta's own list (server/connecting/countries.ts).
create table excluded_country (
  workspace_id uuid not null references workspace (id),
  calling_code text collate "C" not null check (calling_code ~ '^[1-9][0-9]{0,3}$'),
  member_id uuid not null,
  added_at timestamptz not null,
  primary key (workspace_id, calling_code),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

alter table onboarding enable row level security;
alter table onboarding force row level security;
create policy workspace_only on onboarding
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table onboarding_step enable row level security;
alter table onboarding_step force row level security;
create policy workspace_only on onboarding_step
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table onboarding_number enable row level security;
alter table onboarding_number force row level security;
create policy workspace_only on onboarding_number
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table signup_code enable row level security;
alter table signup_code force row level security;
create policy workspace_only on signup_code
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table consent enable row level security;
alter table consent force row level security;
create policy workspace_only on consent
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table preflight_answer enable row level security;
alter table preflight_answer force row level security;
create policy workspace_only on preflight_answer
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table excluded_country enable row level security;
alter table excluded_country force row level security;
create policy workspace_only on excluded_country
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
