-- Made from the catalogues by `bin/wasl schema`; a test fails when it differs from what the migrations make.

CREATE OR REPLACE FUNCTION public.analyze_hot_tables()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  analyze contact, identity, conversation, message, message_quote, message_status, message_change, reaction;
end $function$;

CREATE OR REPLACE FUNCTION public.drop_raw_partitions(first_kept date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  name text;
  day date;
  dropped integer := 0;
begin
  for name in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'raw_delivery'::regclass order by c.relname
  loop
    day := to_date(right(name, 8), 'YYYYMMDD');
    continue when day >= first_kept or exists (select 1 from delivery_queue where received_on = day);
    -- What could not be placed is kept as long as its bytes are.
    delete from unplaced_delivery where received_on = day;
    execute format('drop table %I', name);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $function$;

CREATE OR REPLACE FUNCTION public.ensure_raw_partitions(first_day date, days integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  day date;
begin
  if days < 1 or days > 400 then
    raise exception 'days must be between 1 and 400, not %', days;
  end if;
  -- Two callers at once take turns.
  perform pg_advisory_xact_lock(7318402652);
  for day in select first_day + offset_days from generate_series(0, days - 1) as offset_days loop
    execute format(
      'create table if not exists %I partition of raw_delivery for values from (%L) to (%L)',
      'raw_delivery_' || to_char(day, 'YYYYMMDD'), day, day + 1);
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.lead_conversation(workspace uuid, conversation uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  with recursive led as (
    select conversation as id, 0 as step
    union all
    select t.into_id, led.step + 1 from led
      join contact_merge_thread t on t.workspace_id = workspace and t.conversation_id = led.id and t.into_id is not null
      join contact_merge m on m.workspace_id = workspace and m.id = t.merge_id and m.undone_at is null
     where led.step < 100)
  select id from led order by step desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.phone_forms(digits text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select digits || case left(digits, 2)
    when '55' then case when length(digits) = 13 and substr(digits, 5, 1) = '9' then ' ' || left(digits, 4) || right(digits, 8) else '' end
    when '52' then case when length(digits) = 12 then ' 521' || right(digits, 10) else '' end
    when '54' then case when length(digits) = 13 and substr(digits, 3, 1) = '9' then ' 54' || right(digits, 10) else '' end
    else '' end
$function$;

CREATE OR REPLACE FUNCTION public.search_form(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  -- Text without anything to translate is told by its length, and most of the work is saved.
  select case when octet_length(written) = length(written) then lower(written) else translate(lower(written),
    'أإآٱىئؤة٠١٢٣٤٥٦٧٨٩' || 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ' || 'ـًٌٍَُِّْٰ',
    'اااايي' || 'وه0123456789' || 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy') end
$function$;

CREATE OR REPLACE FUNCTION public.set_contact_texts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  name text := coalesce(new.agent_name, new.address_book_name, new.profile_name, new.username);
begin
  -- The name that is shown stands in the first line.
  new.search_text := search_form(concat(translate(name, E'\n', ' '), E'\n', concat_ws(' ',
    new.agent_name, new.address_book_name, new.profile_name, new.username, new.user_id, new.parent_user_id)));
  new.sort_text := case when name is null then '1' || coalesce(new.phone, new.user_id, '')
    else '0' || left(split_part(new.search_text, E'\n', 1), 100) end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.wasl_add_job(task text, payload json, queue text, run_at timestamp with time zone, attempts_max integer, key text, key_mode text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select graphile_worker.add_job(
    identifier => task, payload => payload, queue_name => queue, run_at => run_at,
    max_attempts => attempts_max, job_key => key, job_key_mode => key_mode)
$function$;

create table auto_answer (
  workspace_id uuid not null,
  contact_id uuid not null,
  number_id uuid not null,
  conversation_id uuid not null,
  message_id uuid not null,
  answer_id uuid not null,
  answered_at timestamp with time zone not null,
  constraint auto_answer_pkey PRIMARY KEY (workspace_id, contact_id),
  constraint auto_answer_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
);
alter table auto_answer enable row level security;
alter table auto_answer force row level security;
create policy workspace_only on auto_answer using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table auto_answer_setting (
  workspace_id uuid not null,
  number_id uuid not null,
  enabled boolean not null,
  enabled_at timestamp with time zone,
  text_ar text not null,
  text_en text not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint auto_answer_setting_pkey PRIMARY KEY (workspace_id, number_id),
  constraint auto_answer_setting_text_ar_check CHECK (((length(text_ar) >= 1) AND (length(text_ar) <= 1024))),
  constraint auto_answer_setting_text_en_check CHECK (((length(text_en) >= 1) AND (length(text_en) <= 1024))),
  constraint auto_answer_setting_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint auto_answer_setting_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table auto_answer_setting enable row level security;
alter table auto_answer_setting force row level security;
create policy workspace_only on auto_answer_setting using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table budget_alarm (
  workspace_id uuid not null,
  budget_id uuid not null,
  month text not null,
  percent integer not null,
  raised_at timestamp with time zone not null,
  constraint budget_alarm_pkey PRIMARY KEY (workspace_id, budget_id, month, percent),
  constraint budget_alarm_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table budget_alarm enable row level security;
alter table budget_alarm force row level security;
create policy workspace_only on budget_alarm using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table business_number (
  workspace_id uuid not null,
  id uuid not null,
  waba_id text collate "C",
  phone_number_id text collate "C",
  phone text collate "C" not null,
  display_phone text not null,
  verified_name text not null,
  mode text not null,
  state text not null,
  connected_at timestamp with time zone not null,
  state_since timestamp with time zone,
  state_reason text,
  last_sign_at timestamp with time zone,
  last_sign_kind text,
  checked_at timestamp with time zone,
  suspicion jsonb,
  token_expires_at timestamp with time zone,
  sign_before_at timestamp with time zone,
  sign_before_kind text,
  constraint business_number_ids CHECK ((((waba_id IS NULL) = (phone_number_id IS NULL)) AND ((phone_number_id IS NOT NULL) OR (mode = 'app_only'::text)))),
  constraint business_number_last_sign_kind_check CHECK ((last_sign_kind = ANY (ARRAY['connected'::text, 'echo'::text, 'contact'::text, 'history'::text, 'opened'::text]))),
  constraint business_number_mode_check CHECK ((mode = ANY (ARRAY['coexistence'::text, 'api_only'::text, 'app_only'::text]))),
  constraint business_number_pkey PRIMARY KEY (workspace_id, id),
  constraint business_number_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'connecting'::text, 'syncing'::text, 'live'::text, 'at_risk'::text, 'offboarded'::text, 'removed'::text, 'restricted'::text, 'disabled'::text]))),
  constraint business_number_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint business_number_workspace_id_phone_number_id_key UNIQUE (workspace_id, phone_number_id)
);
CREATE UNIQUE INDEX business_number_on_phone ON public.business_number USING btree (workspace_id, phone) WHERE (phone_number_id IS NULL);
alter table business_number enable row level security;
alter table business_number force row level security;
create policy workspace_only on business_number using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table capture_gap (
  workspace_id uuid not null,
  number_id uuid not null,
  key text collate "C" not null,
  kind text not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  count integer,
  evidence jsonb not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint capture_gap_count_check CHECK ((count >= 0)),
  constraint capture_gap_pkey PRIMARY KEY (workspace_id, number_id, key),
  constraint capture_gap_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table capture_gap enable row level security;
alter table capture_gap force row level security;
create policy workspace_only on capture_gap using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table consent (
  workspace_id uuid not null,
  id uuid not null,
  onboarding_id uuid not null,
  subject text not null,
  granted boolean not null,
  text_version text not null,
  language text not null,
  member_id uuid not null,
  given_at timestamp with time zone not null,
  constraint consent_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text]))),
  constraint consent_pkey PRIMARY KEY (workspace_id, id),
  constraint consent_subject_check CHECK ((subject = ANY (ARRAY['phone_changes'::text, 'import'::text]))),
  constraint consent_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint consent_workspace_id_onboarding_id_fkey FOREIGN KEY (workspace_id, onboarding_id) REFERENCES onboarding(workspace_id, id)
);
CREATE INDEX consent_onboarding ON public.consent USING btree (workspace_id, onboarding_id);
alter table consent enable row level security;
alter table consent force row level security;
create policy workspace_only on consent using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact (
  workspace_id uuid not null,
  id uuid not null,
  phone text collate "C",
  user_id text collate "C",
  parent_user_id text collate "C",
  username text collate "C",
  username_at timestamp with time zone,
  address_book_name text,
  address_book_at timestamp with time zone,
  profile_name text,
  profile_at timestamp with time zone,
  agent_name text,
  merged_into uuid,
  created_at timestamp with time zone not null,
  search_text text not null default ''::text,
  sort_text text collate "C" not null default ''::text,
  is_merged boolean not null default false,
  constraint contact_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table contact enable row level security;
alter table contact force row level security;
create policy workspace_only on contact using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));
CREATE TRIGGER contact_texts BEFORE UPDATE ON public.contact FOR EACH ROW WHEN ((((((((old.agent_name IS DISTINCT FROM new.agent_name) OR (old.address_book_name IS DISTINCT FROM new.address_book_name)) OR (old.profile_name IS DISTINCT FROM new.profile_name)) OR (old.username IS DISTINCT FROM new.username)) OR (old.phone IS DISTINCT FROM new.phone)) OR (old.user_id IS DISTINCT FROM new.user_id)) OR (old.parent_user_id IS DISTINCT FROM new.parent_user_id))) EXECUTE FUNCTION set_contact_texts();
CREATE TRIGGER contact_texts_of_new BEFORE INSERT ON public.contact FOR EACH ROW EXECUTE FUNCTION set_contact_texts();

create table contact_apart (
  workspace_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  member_id uuid not null,
  at timestamp with time zone not null,
  constraint contact_apart_pkey PRIMARY KEY (workspace_id, first_id, second_id),
  constraint contact_apart_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table contact_apart enable row level security;
alter table contact_apart force row level security;
create policy workspace_only on contact_apart using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact_book (
  workspace_id uuid not null,
  kind smallint not null,
  value text collate "C" not null,
  number_id uuid not null,
  name text,
  named_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint contact_book_kind_check CHECK ((kind = ANY (ARRAY[1, 2, 3]))),
  constraint contact_book_pkey PRIMARY KEY (workspace_id, kind, value, number_id)
);
alter table contact_book enable row level security;
alter table contact_book force row level security;
create policy workspace_only on contact_book using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact_change (
  workspace_id uuid not null,
  id bigint not null generated always as identity,
  contact_id uuid not null,
  what text not null,
  old text,
  new text,
  number_id uuid,
  member_id uuid,
  at timestamp with time zone not null,
  constraint contact_change_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_change_what_check CHECK ((what = ANY (ARRAY['agent_name'::text, 'address_book_name'::text, 'profile_name'::text, 'username'::text, 'phone'::text, 'user_id'::text, 'parent_user_id'::text])))
);
CREATE INDEX contact_change_contact ON public.contact_change USING btree (contact_id, id);
alter table contact_change enable row level security;
alter table contact_change force row level security;
create policy workspace_only on contact_change using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact_merge (
  workspace_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  gone_id uuid not null,
  cause text not null,
  member_id uuid,
  at timestamp with time zone not null,
  kept_before jsonb not null,
  identities jsonb not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint contact_merge_cause_check CHECK ((cause = ANY (ARRAY['meta'::text, 'member'::text]))),
  constraint contact_merge_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contact_merge_gone ON public.contact_merge USING btree (gone_id);
CREATE INDEX contact_merge_kept ON public.contact_merge USING btree (kept_id);
alter table contact_merge enable row level security;
alter table contact_merge force row level security;
create policy workspace_only on contact_merge using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact_merge_message (
  workspace_id uuid not null,
  merge_id uuid not null,
  conversation_id uuid not null,
  message_id uuid not null,
  constraint contact_merge_message_pkey PRIMARY KEY (workspace_id, merge_id, conversation_id, message_id)
);
alter table contact_merge_message enable row level security;
alter table contact_merge_message force row level security;
create policy workspace_only on contact_merge_message using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table contact_merge_thread (
  workspace_id uuid not null,
  merge_id uuid not null,
  conversation_id uuid not null,
  number_id uuid not null,
  into_id uuid,
  reads jsonb not null,
  constraint contact_merge_thread_pkey PRIMARY KEY (workspace_id, merge_id, conversation_id)
);
CREATE INDEX contact_merge_thread_conversation ON public.contact_merge_thread USING btree (conversation_id);
alter table contact_merge_thread enable row level security;
alter table contact_merge_thread force row level security;
create policy workspace_only on contact_merge_thread using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table conversation (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  contact_id uuid not null,
  last jsonb,
  last_at timestamp with time zone not null,
  last_wamid text collate "C",
  last_id uuid,
  inbound_count integer not null default 0,
  last_inbound_at timestamp with time zone,
  created_at timestamp with time zone not null,
  owner jsonb,
  window_refused_at timestamp with time zone,
  constraint conversation_pkey PRIMARY KEY (workspace_id, id),
  constraint conversation_workspace_id_number_id_contact_id_key UNIQUE (workspace_id, number_id, contact_id)
);
CREATE INDEX conversation_list ON public.conversation USING btree (workspace_id, last_at DESC, id DESC);
alter table conversation enable row level security;
alter table conversation force row level security;
create policy workspace_only on conversation using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table conversation_read (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  inbound_count integer not null,
  constraint conversation_read_pkey PRIMARY KEY (workspace_id, member_id, conversation_id),
  constraint conversation_read_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table conversation_read enable row level security;
alter table conversation_read force row level security;
create policy workspace_only on conversation_read using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table cost_budget (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid,
  amount bigint not null,
  hard_stop boolean not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint cost_budget_amount_check CHECK ((amount > 0)),
  constraint cost_budget_pkey PRIMARY KEY (workspace_id, id),
  constraint cost_budget_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint cost_budget_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint cost_budget_workspace_id_number_id_key UNIQUE NULLS NOT DISTINCT (workspace_id, number_id)
);
alter table cost_budget enable row level security;
alter table cost_budget force row level security;
create policy workspace_only on cost_budget using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table cost_ledger (
  workspace_id uuid not null,
  looked_at timestamp with time zone,
  stale_from text,
  constraint cost_ledger_pkey PRIMARY KEY (workspace_id),
  constraint cost_ledger_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table cost_ledger enable row level security;
alter table cost_ledger force row level security;
create policy workspace_only on cost_ledger using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table cost_month (
  workspace_id uuid not null,
  number_id uuid not null,
  month text not null,
  free_used integer not null,
  amount bigint not null,
  currency text not null,
  counted_at timestamp with time zone not null,
  pending bigint not null default 0,
  constraint cost_month_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint cost_month_pkey PRIMARY KEY (workspace_id, number_id, month),
  constraint cost_month_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table cost_month enable row level security;
alter table cost_month force row level security;
create policy workspace_only on cost_month using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table cost_settings (
  workspace_id uuid not null,
  currency text not null,
  time_zone text not null,
  exempt boolean not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint cost_settings_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint cost_settings_pkey PRIMARY KEY (workspace_id),
  constraint cost_settings_time_zone_check CHECK (((length(time_zone) >= 1) AND (length(time_zone) <= 60))),
  constraint cost_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint cost_settings_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table cost_settings enable row level security;
alter table cost_settings force row level security;
create policy workspace_only on cost_settings using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table cost_volume (
  workspace_id uuid not null,
  month text not null,
  market text not null,
  category text not null,
  charged integer not null,
  constraint cost_volume_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint cost_volume_pkey PRIMARY KEY (workspace_id, month, market, category),
  constraint cost_volume_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table cost_volume enable row level security;
alter table cost_volume force row level security;
create policy workspace_only on cost_volume using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table customer_place (
  workspace_id uuid not null,
  contact_id uuid not null,
  message_id uuid not null,
  taken_at timestamp with time zone not null,
  before_at timestamp with time zone,
  constraint customer_place_pkey PRIMARY KEY (workspace_id, contact_id),
  constraint customer_place_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
CREATE INDEX customer_place_taken ON public.customer_place USING btree (workspace_id, taken_at);
alter table customer_place enable row level security;
alter table customer_place force row level security;
create policy workspace_only on customer_place using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table customer_signals (
  workspace_id uuid not null,
  number_id uuid not null,
  read_receipts boolean not null,
  typing boolean not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint customer_signals_check CHECK ((read_receipts OR (NOT typing))),
  constraint customer_signals_pkey PRIMARY KEY (workspace_id, number_id),
  constraint customer_signals_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint customer_signals_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table customer_signals enable row level security;
alter table customer_signals force row level security;
create policy workspace_only on customer_signals using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table delivery_queue (
  id bigint not null generated always as identity,
  received_on date not null,
  signature bytea not null,
  received_at timestamp with time zone not null,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone,
  last_error text,
  constraint delivery_queue_pkey PRIMARY KEY (id)
);

create table duty (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  member_id uuid not null,
  weekdays smallint[],
  from_minute smallint,
  to_minute smallint,
  time_zone text not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  ended_at timestamp with time zone,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  constraint duty_check CHECK ((((weekdays IS NULL) = (from_minute IS NULL)) AND ((from_minute IS NULL) = (to_minute IS NULL)))),
  constraint duty_check1 CHECK (((weekdays IS NOT NULL) OR (until IS NOT NULL))),
  constraint duty_check2 CHECK (((until IS NULL) OR (until > since))),
  constraint duty_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1439))),
  constraint duty_pkey PRIMARY KEY (workspace_id, id),
  constraint duty_to_minute_check CHECK (((to_minute >= 0) AND (to_minute <= 1439))),
  constraint duty_weekdays_check CHECK (((weekdays <@ ARRAY[(0)::smallint, (1)::smallint, (2)::smallint, (3)::smallint, (4)::smallint, (5)::smallint, (6)::smallint]) AND (cardinality(weekdays) > 0))),
  constraint duty_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint duty_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table duty enable row level security;
alter table duty force row level security;
create policy workspace_only on duty using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table excluded_country (
  workspace_id uuid not null,
  calling_code text collate "C" not null,
  member_id uuid not null,
  added_at timestamp with time zone not null,
  constraint excluded_country_calling_code_check CHECK ((calling_code ~ '^[1-9][0-9]{0,3}$'::text)),
  constraint excluded_country_pkey PRIMARY KEY (workspace_id, calling_code),
  constraint excluded_country_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint excluded_country_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table excluded_country enable row level security;
alter table excluded_country force row level security;
create policy workspace_only on excluded_country using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table feed (
  workspace_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  event json not null,
  constraint feed_pkey PRIMARY KEY (workspace_id, seq)
);
alter table feed enable row level security;
alter table feed force row level security;
create policy workspace_only on feed using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table feed_counter (
  workspace_id uuid not null,
  seq bigint not null default 0,
  constraint feed_counter_pkey PRIMARY KEY (workspace_id),
  constraint feed_counter_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table feed_counter enable row level security;
alter table feed_counter force row level security;
create policy workspace_only on feed_counter using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table gap_check (
  workspace_id uuid not null,
  number_id uuid not null,
  checked_at timestamp with time zone not null,
  history_asked_at timestamp with time zone,
  history_available boolean,
  constraint gap_check_pkey PRIMARY KEY (workspace_id, number_id),
  constraint gap_check_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table gap_check enable row level security;
alter table gap_check force row level security;
create policy workspace_only on gap_check using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table identity (
  workspace_id uuid not null,
  kind smallint not null,
  value text collate "C" not null,
  contact_id uuid not null,
  activated_at timestamp with time zone,
  retired_at timestamp with time zone,
  constraint identity_kind_check CHECK ((kind = ANY (ARRAY[1, 2, 3]))),
  constraint identity_pkey PRIMARY KEY (workspace_id, kind, value)
);
CREATE INDEX identity_contact ON public.identity USING btree (contact_id, kind);
alter table identity enable row level security;
alter table identity force row level security;
create policy workspace_only on identity using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table linked_device (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  name text not null,
  kind text not null,
  linked_at timestamp with time zone not null,
  last_active_at timestamp with time zone,
  unlinked_at timestamp with time zone,
  removed_at timestamp with time zone,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint linked_device_kind_check CHECK ((kind = ANY (ARRAY['web'::text, 'mac'::text, 'android_tablet'::text, 'ipad'::text, 'second_phone'::text, 'windows'::text, 'wearos'::text, 'other'::text]))),
  constraint linked_device_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint linked_device_pkey PRIMARY KEY (workspace_id, id),
  constraint linked_device_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint linked_device_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table linked_device enable row level security;
alter table linked_device force row level security;
create policy workspace_only on linked_device using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table mail (
  workspace_id uuid not null,
  id uuid not null,
  cause text not null,
  recipients text[] not null,
  subject text not null,
  body text not null,
  state text not null,
  failure text,
  written_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint mail_pkey PRIMARY KEY (workspace_id, id),
  constraint mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text]))),
  constraint mail_workspace_id_cause_key UNIQUE (workspace_id, cause),
  constraint mail_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
CREATE INDEX mail_recent ON public.mail USING btree (workspace_id, written_at DESC);
alter table mail enable row level security;
alter table mail force row level security;
create policy workspace_only on mail using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table mail_settings (
  workspace_id uuid not null,
  host text not null,
  port integer not null,
  security text not null,
  username text,
  sealed_password bytea,
  from_address text not null,
  recipients text[] not null,
  language text not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint mail_settings_host_check CHECK (((length(host) >= 1) AND (length(host) <= 253))),
  constraint mail_settings_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text]))),
  constraint mail_settings_pkey PRIMARY KEY (workspace_id),
  constraint mail_settings_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_settings_recipients_check CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 20))),
  constraint mail_settings_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  constraint mail_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint mail_settings_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table mail_settings enable row level security;
alter table mail_settings force row level security;
create policy workspace_only on mail_settings using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table media_fetch (
  workspace_id uuid not null,
  message_id uuid not null,
  attempts smallint not null default 0,
  next_attempt_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint media_fetch_pkey PRIMARY KEY (workspace_id, message_id)
);
CREATE INDEX media_fetch_due ON public.media_fetch USING btree (workspace_id, next_attempt_at);
alter table media_fetch enable row level security;
alter table media_fetch force row level security;
create policy workspace_only on media_fetch using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table media_file (
  workspace_id uuid not null,
  hash bytea not null,
  bytes bigint not null,
  mime_type text,
  thumb_bytes integer,
  seconds real,
  wave smallint[],
  created_at timestamp with time zone not null,
  constraint media_file_bytes_check CHECK ((bytes >= 0)),
  constraint media_file_hash_check CHECK ((octet_length(hash) = 32)),
  constraint media_file_pkey PRIMARY KEY (workspace_id, hash),
  constraint media_file_thumb_bytes_check CHECK ((thumb_bytes > 0)),
  constraint media_file_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table media_file enable row level security;
alter table media_file force row level security;
create policy workspace_only on media_file using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table member (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  role text not null,
  created_at timestamp with time zone not null,
  constraint member_pkey PRIMARY KEY (workspace_id, id),
  constraint member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'agent'::text]))),
  constraint member_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table member enable row level security;
alter table member force row level security;
create policy workspace_only on member using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table message (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  conversation_id uuid not null,
  wamid text collate "C",
  client_id text collate "C",
  author text not null,
  member_id uuid,
  source text not null,
  sent_at timestamp with time zone not null,
  content jsonb not null,
  delivery text,
  delivery_at timestamp with time zone,
  error jsonb,
  quote jsonb,
  referral jsonb,
  forwarded smallint not null default 0,
  reactions jsonb,
  versions jsonb,
  deleted_at timestamp with time zone,
  base_rank smallint not null,
  content_rank smallint not null,
  created_at timestamp with time zone not null,
  file jsonb,
  send_at timestamp with time zone,
  expires_at timestamp with time zone,
  tried_at timestamp with time zone,
  doubt text,
  again_of uuid,
  cost_confirmed boolean not null default false,
  payment jsonb,
  constraint message_again_of_fkey FOREIGN KEY (workspace_id, again_of) REFERENCES message(workspace_id, id) ON DELETE SET NULL (again_of),
  constraint message_doubt_check CHECK ((doubt = ANY (ARRAY['again'::text, 'leave'::text]))),
  constraint message_pkey PRIMARY KEY (workspace_id, id),
  constraint message_workspace_id_number_id_wamid_key UNIQUE (workspace_id, number_id, wamid)
);
CREATE UNIQUE INDEX message_again ON public.message USING btree (workspace_id, again_of) WHERE (again_of IS NOT NULL);
CREATE UNIQUE INDEX message_client ON public.message USING btree (workspace_id, client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX message_failed ON public.message USING btree (number_id, delivery_at) WHERE (delivery = 'failed'::text);
CREATE INDEX message_file_missing ON public.message USING btree (workspace_id, number_id, sent_at) WHERE ((file ->> 'state'::text) = 'missing'::text);
CREATE INDEX message_marketing_held ON public.message USING btree (workspace_id, conversation_id) WHERE ((delivery = 'failed'::text) AND ((error ->> 'code'::text) = '131049'::text));
CREATE INDEX message_planned ON public.message USING btree (workspace_id, number_id, send_at) WHERE ((delivery = 'queued'::text) AND (wamid IS NULL) AND (send_at IS NOT NULL));
CREATE INDEX message_thread ON public.message USING btree (conversation_id, sent_at, wamid);
CREATE INDEX message_time ON public.message USING brin (created_at);
CREATE INDEX message_uncaptured ON public.message USING btree (workspace_id, number_id, sent_at) WHERE ((content ->> 'type'::text) = ANY (ARRAY['unsupported'::text, 'media_placeholder'::text]));
CREATE INDEX message_unsent ON public.message USING btree (workspace_id, conversation_id, id) WHERE (delivery = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX message_waiting ON public.message USING btree (workspace_id, number_id, (
CASE author
    WHEN 'agent'::text THEN 0
    WHEN 'campaign'::text THEN 2
    ELSE 1
END), id) WHERE ((delivery = 'queued'::text) AND (wamid IS NULL) AND (send_at IS NULL));
CREATE INDEX message_window_refused ON public.message USING btree (workspace_id, conversation_id) WHERE ((delivery = 'failed'::text) AND ((error ->> 'code'::text) = '131047'::text));
alter table message enable row level security;
alter table message force row level security;
create policy workspace_only on message using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table message_change (
  workspace_id uuid not null,
  number_id uuid not null,
  target_wamid text collate "C" not null,
  change_wamid text collate "C" not null,
  kind text not null,
  at timestamp with time zone not null,
  content jsonb,
  constraint message_change_kind_check CHECK ((kind = ANY (ARRAY['edit'::text, 'delete'::text]))),
  constraint message_change_pkey PRIMARY KEY (workspace_id, number_id, target_wamid, change_wamid)
);
alter table message_change enable row level security;
alter table message_change force row level security;
create policy workspace_only on message_change using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table message_cost (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  message_id uuid,
  author text,
  member_id uuid,
  template text,
  country text,
  at timestamp with time zone not null,
  basis text not null,
  category text not null,
  reason text not null,
  amount bigint,
  currency text not null,
  estimate bigint,
  estimate_reason text,
  pricing jsonb,
  conversation_ref text collate "C",
  constraint message_cost_basis_check CHECK ((basis = ANY (ARRAY['estimate'::text, 'meta'::text, 'phone'::text]))),
  constraint message_cost_pkey PRIMARY KEY (workspace_id, number_id, wamid),
  constraint message_cost_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
CREATE INDEX message_cost_conversation ON public.message_cost USING btree (workspace_id, conversation_ref) WHERE (conversation_ref IS NOT NULL);
CREATE INDEX message_cost_open ON public.message_cost USING btree (workspace_id, at) WHERE (basis = 'estimate'::text);
CREATE INDEX message_cost_time ON public.message_cost USING btree (workspace_id, at);
alter table message_cost enable row level security;
alter table message_cost force row level security;
create policy workspace_only on message_cost using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table message_quote (
  workspace_id uuid not null,
  number_id uuid not null,
  quoted_wamid text collate "C" not null,
  message_id uuid not null,
  constraint message_quote_pkey PRIMARY KEY (workspace_id, number_id, quoted_wamid, message_id)
);
alter table message_quote enable row level security;
alter table message_quote force row level security;
create policy workspace_only on message_quote using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table message_status (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  status text not null,
  at timestamp with time zone not null,
  errors jsonb,
  pricing jsonb,
  conversation jsonb,
  callback_data text,
  constraint message_status_pkey PRIMARY KEY (workspace_id, number_id, wamid, status)
);
CREATE INDEX message_status_time ON public.message_status USING brin (at);
alter table message_status enable row level security;
alter table message_status force row level security;
create policy workspace_only on message_status using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table meta_answer (
  workspace_id uuid not null,
  number_id uuid not null,
  question text not null,
  asked_at timestamp with time zone not null,
  answer jsonb,
  answered_at timestamp with time zone,
  failure jsonb,
  constraint meta_answer_pkey PRIMARY KEY (workspace_id, number_id, question),
  constraint meta_answer_question_check CHECK ((question = ANY (ARRAY['number'::text, 'account'::text, 'funding'::text, 'token'::text, 'subscription'::text, 'fields'::text, 'profile'::text, 'username'::text]))),
  constraint meta_answer_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table meta_answer enable row level security;
alter table meta_answer force row level security;
create policy workspace_only on meta_answer using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table meta_file (
  workspace_id uuid not null,
  number_id uuid not null,
  hash bytea not null,
  mime_type text not null,
  media_id text not null,
  expires_at timestamp with time zone not null,
  constraint meta_file_hash_check CHECK ((octet_length(hash) = 32)),
  constraint meta_file_pkey PRIMARY KEY (workspace_id, number_id, hash, mime_type),
  constraint meta_file_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table meta_file enable row level security;
alter table meta_file force row level security;
create policy workspace_only on meta_file using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table missed_report (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  status text collate "C" not null,
  at timestamp with time zone not null,
  constraint missed_report_pkey PRIMARY KEY (workspace_id, number_id, wamid, status)
);
alter table missed_report enable row level security;
alter table missed_report force row level security;
create policy workspace_only on missed_report using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table notice (
  workspace_id uuid not null,
  digest bytea not null,
  number_id uuid,
  waba_id text collate "C",
  kind text not null,
  field text not null,
  event text,
  at timestamp with time zone,
  received_at timestamp with time zone not null,
  data jsonb not null,
  constraint notice_pkey PRIMARY KEY (workspace_id, digest),
  constraint notice_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
CREATE INDEX notice_of_number ON public.notice USING btree (workspace_id, number_id, kind, received_at);
CREATE INDEX notice_recent ON public.notice USING btree (workspace_id, received_at DESC);
alter table notice enable row level security;
alter table notice force row level security;
create policy workspace_only on notice using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table number_route (
  phone_number_id text collate "C" not null,
  waba_id text collate "C" not null,
  workspace_id uuid not null,
  number_id uuid not null,
  constraint number_route_pkey PRIMARY KEY (phone_number_id),
  constraint number_route_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
CREATE INDEX number_route_waba ON public.number_route USING btree (waba_id);

create table number_secret (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  constraint number_secret_kind_check CHECK ((kind = 'access_token'::text)),
  constraint number_secret_pkey PRIMARY KEY (workspace_id, number_id, kind),
  constraint number_secret_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table number_secret enable row level security;
alter table number_secret force row level security;
create policy workspace_only on number_secret using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table number_state_change (
  workspace_id uuid not null,
  number_id uuid not null,
  id bigint not null generated always as identity,
  state text not null,
  reason text,
  evidence jsonb not null,
  at timestamp with time zone not null,
  constraint number_state_change_pkey PRIMARY KEY (workspace_id, number_id, id),
  constraint number_state_change_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table number_state_change enable row level security;
alter table number_state_change force row level security;
create policy workspace_only on number_state_change using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table onboarding (
  workspace_id uuid not null,
  id uuid not null,
  way text not null,
  number_id uuid,
  state text not null,
  waba_id text collate "C",
  phone_number_id text collate "C",
  sealed_token bytea,
  token_expires_at timestamp with time zone,
  signed_up_at timestamp with time zone,
  member_id uuid not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint onboarding_pkey PRIMARY KEY (workspace_id, id),
  constraint onboarding_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'ended'::text]))),
  constraint onboarding_way_check CHECK ((way = ANY (ARRAY['coexistence'::text, 'api_signup'::text, 'api_token'::text]))),
  constraint onboarding_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint onboarding_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint onboarding_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
CREATE UNIQUE INDEX onboarding_open ON public.onboarding USING btree (workspace_id) WHERE (state = 'open'::text);
alter table onboarding enable row level security;
alter table onboarding force row level security;
create policy workspace_only on onboarding using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

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
  constraint onboarding_number_pkey PRIMARY KEY (workspace_id, onboarding_id, phone_number_id),
  constraint onboarding_number_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id),
  constraint onboarding_number_workspace_id_onboarding_id_fkey FOREIGN KEY (workspace_id, onboarding_id) REFERENCES onboarding(workspace_id, id)
);
alter table onboarding_number enable row level security;
alter table onboarding_number force row level security;
create policy workspace_only on onboarding_number using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table onboarding_step (
  workspace_id uuid not null,
  onboarding_id uuid not null,
  step text not null,
  state text not null,
  attempts integer not null default 0,
  error jsonb,
  at timestamp with time zone not null,
  constraint onboarding_step_pkey PRIMARY KEY (workspace_id, onboarding_id, step),
  constraint onboarding_step_state_check CHECK ((state = ANY (ARRAY['running'::text, 'waiting'::text, 'done'::text, 'failed'::text]))),
  constraint onboarding_step_step_check CHECK ((step = ANY (ARRAY['signup'::text, 'exchange'::text, 'token'::text, 'choose'::text, 'subscribe'::text, 'confirm'::text, 'keep'::text]))),
  constraint onboarding_step_workspace_id_onboarding_id_fkey FOREIGN KEY (workspace_id, onboarding_id) REFERENCES onboarding(workspace_id, id)
);
alter table onboarding_step enable row level security;
alter table onboarding_step force row level security;
create policy workspace_only on onboarding_step using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table payment_request (
  workspace_id uuid not null,
  number_id uuid not null,
  reference text collate "C" not null,
  message_id uuid not null,
  constraint payment_request_pkey PRIMARY KEY (workspace_id, number_id, reference, message_id)
);
alter table payment_request enable row level security;
alter table payment_request force row level security;
create policy workspace_only on payment_request using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table payment_status (
  workspace_id uuid not null,
  number_id uuid not null,
  reference text collate "C" not null,
  digest bytea not null,
  payment jsonb not null,
  data jsonb not null,
  constraint payment_status_digest_check CHECK ((octet_length(digest) = 32)),
  constraint payment_status_pkey PRIMARY KEY (workspace_id, number_id, reference, digest)
);
alter table payment_status enable row level security;
alter table payment_status force row level security;
create policy workspace_only on payment_status using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table place_count (
  workspace_id uuid not null,
  places integer not null,
  unused integer not null,
  constraint place_count_pkey PRIMARY KEY (workspace_id),
  constraint place_count_unused_check CHECK ((unused >= 0)),
  constraint place_count_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table place_count enable row level security;
alter table place_count force row level security;
create policy workspace_only on place_count using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table playbook (
  workspace_id uuid not null,
  id uuid not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint playbook_pkey PRIMARY KEY (workspace_id, id),
  constraint playbook_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table playbook enable row level security;
alter table playbook force row level security;
create policy workspace_only on playbook using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table playbook_version (
  workspace_id uuid not null,
  playbook_id uuid not null,
  version integer not null,
  title text not null,
  body text not null,
  language text,
  member_id uuid not null,
  written_at timestamp with time zone not null,
  constraint playbook_version_body_check CHECK ((length(body) <= 50000)),
  constraint playbook_version_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text]))),
  constraint playbook_version_pkey PRIMARY KEY (workspace_id, playbook_id, version),
  constraint playbook_version_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120))),
  constraint playbook_version_version_check CHECK ((version > 0)),
  constraint playbook_version_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint playbook_version_workspace_id_playbook_id_fkey FOREIGN KEY (workspace_id, playbook_id) REFERENCES playbook(workspace_id, id)
);
alter table playbook_version enable row level security;
alter table playbook_version force row level security;
create policy workspace_only on playbook_version using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table preflight_answer (
  workspace_id uuid not null,
  question text not null,
  answer text not null,
  member_id uuid not null,
  answered_at timestamp with time zone not null,
  constraint preflight_answer_answer_check CHECK (((length(answer) >= 1) AND (length(answer) <= 100))),
  constraint preflight_answer_pkey PRIMARY KEY (workspace_id, question),
  constraint preflight_answer_question_check CHECK ((question = ANY (ARRAY['app_version'::text, 'app_since'::text, 'app_active'::text, 'business_verified'::text, 'phone'::text, 'facebook_page'::text, 'partner_type'::text, 'payer'::text]))),
  constraint preflight_answer_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint preflight_answer_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table preflight_answer enable row level security;
alter table preflight_answer force row level security;
create policy workspace_only on preflight_answer using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table profile_picture (
  workspace_id uuid not null,
  number_id uuid not null,
  source bytea not null,
  webp bytea,
  fetched_at timestamp with time zone not null,
  constraint profile_picture_pkey PRIMARY KEY (workspace_id, number_id),
  constraint profile_picture_source_check CHECK ((octet_length(source) = 32)),
  constraint profile_picture_webp_check CHECK ((octet_length(webp) <= 262144)),
  constraint profile_picture_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table profile_picture enable row level security;
alter table profile_picture force row level security;
create policy workspace_only on profile_picture using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table rate_card (
  workspace_id uuid not null,
  id uuid not null,
  currency text not null,
  effective_from text not null,
  file_name text not null,
  rates jsonb not null,
  tiers jsonb not null,
  member_id uuid not null,
  imported_at timestamp with time zone not null,
  removed_by uuid,
  removed_at timestamp with time zone,
  constraint rate_card_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint rate_card_effective_from_check CHECK ((effective_from ~ '^\d{4}-\d{2}-\d{2}$'::text)),
  constraint rate_card_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 120))),
  constraint rate_card_pkey PRIMARY KEY (workspace_id, id),
  constraint rate_card_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint rate_card_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint rate_card_workspace_id_removed_by_fkey FOREIGN KEY (workspace_id, removed_by) REFERENCES member(workspace_id, id)
);
alter table rate_card enable row level security;
alter table rate_card force row level security;
create policy workspace_only on rate_card using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table raw_delivery (
  received_on date not null,
  signature bytea not null,
  received_at timestamp with time zone not null,
  body bytea storage external not null,
  constraint raw_delivery_pkey PRIMARY KEY (received_on, signature)
) partition by range (received_on);

create table reaction (
  workspace_id uuid not null,
  number_id uuid not null,
  target_wamid text collate "C" not null,
  side text not null,
  emoji text,
  at timestamp with time zone not null,
  wamid text collate "C" not null,
  constraint reaction_pkey PRIMARY KEY (workspace_id, number_id, target_wamid, side),
  constraint reaction_side_check CHECK ((side = ANY (ARRAY['customer'::text, 'business'::text])))
);
alter table reaction enable row level security;
alter table reaction force row level security;
create policy workspace_only on reaction using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table reminder (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null,
  occasion text collate "C" not null,
  mail_id uuid not null,
  at timestamp with time zone not null,
  constraint reminder_kind_check CHECK ((kind = ANY (ARRAY['open_phone'::text, 'offboarded'::text, 'removed'::text]))),
  constraint reminder_pkey PRIMARY KEY (workspace_id, number_id, kind, occasion),
  constraint reminder_workspace_id_mail_id_fkey FOREIGN KEY (workspace_id, mail_id) REFERENCES mail(workspace_id, id),
  constraint reminder_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table reminder enable row level security;
alter table reminder force row level security;
create policy workspace_only on reminder using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table reminder_settings (
  workspace_id uuid not null,
  enabled boolean not null,
  recipients text[],
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint reminder_settings_pkey PRIMARY KEY (workspace_id),
  constraint reminder_settings_recipients_check CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 20))),
  constraint reminder_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint reminder_settings_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table reminder_settings enable row level security;
alter table reminder_settings force row level security;
create policy workspace_only on reminder_settings using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table send_limit (
  workspace_id uuid not null,
  number_id uuid not null,
  per_second integer not null,
  constraint send_limit_per_second_check CHECK (((per_second >= 1) AND (per_second <= 1000))),
  constraint send_limit_pkey PRIMARY KEY (workspace_id, number_id),
  constraint send_limit_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table send_limit enable row level security;
alter table send_limit force row level security;
create policy workspace_only on send_limit using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table send_pace (
  workspace_id uuid not null,
  number_id uuid not null,
  paused_until timestamp with time zone,
  pauses integer not null default 0,
  holder uuid,
  holder_until timestamp with time zone,
  constraint send_pace_pkey PRIMARY KEY (workspace_id, number_id),
  constraint send_pace_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table send_pace enable row level security;
alter table send_pace force row level security;
create policy workspace_only on send_pace using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table send_pair (
  workspace_id uuid not null,
  conversation_id uuid not null,
  used_until timestamp with time zone not null,
  held_until timestamp with time zone,
  held_wamid text collate "C",
  refusals integer not null default 0,
  constraint send_pair_pkey PRIMARY KEY (workspace_id, conversation_id)
);
alter table send_pair enable row level security;
alter table send_pair force row level security;
create policy workspace_only on send_pair using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table send_setting (
  workspace_id uuid not null,
  undo_seconds integer not null,
  ask_after_minutes integer not null,
  constraint send_setting_ask_after_minutes_check CHECK (((ask_after_minutes >= 1) AND (ask_after_minutes <= 1440))),
  constraint send_setting_pkey PRIMARY KEY (workspace_id),
  constraint send_setting_undo_seconds_check CHECK (((undo_seconds >= 0) AND (undo_seconds <= 60))),
  constraint send_setting_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table send_setting enable row level security;
alter table send_setting force row level security;
create policy workspace_only on send_setting using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table server_run (
  workspace_id uuid not null,
  id uuid not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  constraint server_run_pkey PRIMARY KEY (workspace_id, id),
  constraint server_run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table server_run enable row level security;
alter table server_run force row level security;
create policy workspace_only on server_run using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table signup_code (
  workspace_id uuid not null,
  code_hash bytea not null,
  onboarding_id uuid not null,
  tried_at timestamp with time zone not null,
  constraint signup_code_code_hash_check CHECK ((octet_length(code_hash) = 32)),
  constraint signup_code_pkey PRIMARY KEY (workspace_id, code_hash),
  constraint signup_code_workspace_id_onboarding_id_fkey FOREIGN KEY (workspace_id, onboarding_id) REFERENCES onboarding(workspace_id, id)
);
alter table signup_code enable row level security;
alter table signup_code force row level security;
create policy workspace_only on signup_code using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table stray_status (
  workspace_id uuid not null,
  number_id uuid not null,
  wamid text collate "C" not null,
  at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  sender text,
  asked_at timestamp with time zone,
  constraint stray_status_pkey PRIMARY KEY (workspace_id, number_id, wamid),
  constraint stray_status_sender_check CHECK ((sender = ANY (ARRAY['own'::text, 'other'::text])))
);
alter table stray_status enable row level security;
alter table stray_status force row level security;
create policy workspace_only on stray_status using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table sync (
  workspace_id uuid not null,
  number_id uuid not null,
  kind text not null,
  state text not null,
  request_id text,
  asked_at timestamp with time zone,
  updated_at timestamp with time zone,
  progress_percent integer,
  received integer not null default 0,
  deadline_at timestamp with time zone,
  alarmed_at timestamp with time zone,
  error jsonb,
  constraint sync_kind_check CHECK ((kind = ANY (ARRAY['contacts'::text, 'history'::text]))),
  constraint sync_pkey PRIMARY KEY (workspace_id, number_id, kind),
  constraint sync_state CHECK ((state = ANY (ARRAY['not_asked'::text, 'asked'::text, 'silent'::text, 'receiving'::text, 'declined'::text, 'complete'::text, 'partial'::text, 'too_late'::text, 'used_up'::text]))),
  constraint sync_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table sync enable row level security;
alter table sync force row level security;
create policy workspace_only on sync using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table sync_chunk (
  workspace_id uuid not null,
  number_id uuid not null,
  phase smallint not null,
  chunk_order integer not null,
  threads integer not null,
  messages integer not null,
  progress_percent integer not null,
  received_at timestamp with time zone not null,
  constraint sync_chunk_pkey PRIMARY KEY (workspace_id, number_id, phase, chunk_order)
);
alter table sync_chunk enable row level security;
alter table sync_chunk force row level security;
create policy workspace_only on sync_chunk using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template (
  workspace_id uuid not null,
  id uuid not null,
  waba_id text collate "C" not null,
  name text collate "C" not null,
  language text collate "C" not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  put_away_at timestamp with time zone,
  version integer not null,
  review text not null,
  approved_at timestamp with time zone,
  submitted_version integer,
  reviewed_at timestamp with time zone,
  edits timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  meta_id text collate "C",
  meta_status text,
  meta_category text,
  meta_quality text,
  meta_reason text,
  meta_wording jsonb,
  meta_note jsonb,
  next_category text,
  next_category_at timestamp with time zone,
  drifted boolean not null default false,
  synced_at timestamp with time zone,
  archived_at timestamp with time zone,
  archived_from text,
  constraint template_language_check CHECK (((length(language) >= 2) AND (length(language) <= 10))),
  constraint template_name_check CHECK (((length(name) >= 1) AND (length(name) <= 512))),
  constraint template_pkey PRIMARY KEY (workspace_id, id),
  constraint template_review_check CHECK ((review = ANY (ARRAY['draft'::text, 'in_review'::text, 'returned'::text, 'reviewed'::text, 'submitted'::text]))),
  constraint template_version_check CHECK ((version > 0)),
  constraint template_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint template_workspace_id_waba_id_name_language_key UNIQUE (workspace_id, waba_id, name, language)
);
alter table template enable row level security;
alter table template force row level security;
create policy workspace_only on template using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_event (
  workspace_id uuid not null,
  template_id uuid not null,
  id bigint not null generated always as identity,
  version integer not null,
  kind text not null,
  member_id uuid,
  note text,
  at timestamp with time zone not null,
  constraint template_event_pkey PRIMARY KEY (workspace_id, template_id, id),
  constraint template_event_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint template_event_workspace_id_template_id_fkey FOREIGN KEY (workspace_id, template_id) REFERENCES template(workspace_id, id)
);
alter table template_event enable row level security;
alter table template_event force row level security;
create policy workspace_only on template_event using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_sample (
  workspace_id uuid not null,
  id uuid not null,
  file_name text not null,
  mime_type text not null,
  bytes bytea storage external not null,
  upload_id text,
  handle text,
  handle_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint template_sample_pkey PRIMARY KEY (workspace_id, id),
  constraint template_sample_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table template_sample enable row level security;
alter table template_sample force row level security;
create policy workspace_only on template_sample using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_sample_media (
  workspace_id uuid not null,
  sample_id uuid not null,
  number_id uuid not null,
  media_id text not null,
  uploaded_at timestamp with time zone not null,
  constraint template_sample_media_pkey PRIMARY KEY (workspace_id, sample_id, number_id),
  constraint template_sample_media_workspace_id_sample_id_fkey FOREIGN KEY (workspace_id, sample_id) REFERENCES template_sample(workspace_id, id)
);
alter table template_sample_media enable row level security;
alter table template_sample_media force row level security;
create policy workspace_only on template_sample_media using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_settings (
  workspace_id uuid not null,
  review_days integer not null,
  grace_days integer not null,
  member_id uuid not null,
  saved_at timestamp with time zone not null,
  constraint template_settings_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 365))),
  constraint template_settings_pkey PRIMARY KEY (workspace_id),
  constraint template_settings_review_days_check CHECK (((review_days >= 1) AND (review_days <= 3650))),
  constraint template_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint template_settings_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
alter table template_settings enable row level security;
alter table template_settings force row level security;
create policy workspace_only on template_settings using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_sync (
  workspace_id uuid not null,
  waba_id text collate "C" not null,
  synced_at timestamp with time zone,
  tried_at timestamp with time zone not null,
  problem text,
  constraint template_sync_pkey PRIMARY KEY (workspace_id, waba_id),
  constraint template_sync_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table template_sync enable row level security;
alter table template_sync force row level security;
create policy workspace_only on template_sync using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table template_version (
  workspace_id uuid not null,
  template_id uuid not null,
  version integer not null,
  wording jsonb not null,
  library_name text,
  member_id uuid,
  written_at timestamp with time zone not null,
  constraint template_version_pkey PRIMARY KEY (workspace_id, template_id, version),
  constraint template_version_version_check CHECK ((version > 0)),
  constraint template_version_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id),
  constraint template_version_workspace_id_template_id_fkey FOREIGN KEY (workspace_id, template_id) REFERENCES template(workspace_id, id)
);
alter table template_version enable row level security;
alter table template_version force row level security;
create policy workspace_only on template_version using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table unplaced_delivery (
  received_on date not null,
  signature bytea not null,
  reason text not null,
  detail text not null,
  waba_id text collate "C",
  phone_number_id text collate "C",
  received_at timestamp with time zone not null,
  constraint unplaced_delivery_pkey PRIMARY KEY (received_on, signature),
  constraint unplaced_delivery_reason_check CHECK ((reason = ANY (ARRAY['not_json'::text, 'not_a_webhook'::text, 'unknown_number'::text, 'failed'::text])))
);

create table unrecognised (
  workspace_id uuid not null,
  digest bytea not null,
  number_id uuid,
  field text,
  reason text not null,
  wire jsonb not null,
  received_at timestamp with time zone not null,
  constraint unrecognised_pkey PRIMARY KEY (workspace_id, digest),
  constraint unrecognised_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
CREATE INDEX unrecognised_recent ON public.unrecognised USING btree (workspace_id, received_at DESC);
alter table unrecognised enable row level security;
alter table unrecognised force row level security;
create policy workspace_only on unrecognised using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table upload (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  filename text not null,
  mime_type text not null,
  bytes bigint not null,
  received bigint not null default 0,
  state text not null default 'receiving'::text,
  fault text,
  file jsonb,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint upload_bytes_check CHECK ((bytes > 0)),
  constraint upload_check CHECK (((received >= 0) AND (received <= bytes))),
  constraint upload_check1 CHECK (((state = 'ready'::text) = (file IS NOT NULL))),
  constraint upload_check2 CHECK (((state = 'refused'::text) = (fault IS NOT NULL))),
  constraint upload_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'voice'::text, 'document'::text, 'sticker'::text]))),
  constraint upload_pkey PRIMARY KEY (workspace_id, id),
  constraint upload_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'ready'::text, 'refused'::text]))),
  constraint upload_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
  constraint upload_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
);
CREATE INDEX upload_expiry ON public.upload USING btree (workspace_id, expires_at);
alter table upload enable row level security;
alter table upload force row level security;
create policy workspace_only on upload using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table webhook_arrival (
  workspace_id uuid not null,
  number_id uuid not null,
  received_at timestamp with time zone not null,
  lag_ms integer not null,
  constraint webhook_arrival_lag_ms_check CHECK ((lag_ms >= 0)),
  constraint webhook_arrival_pkey PRIMARY KEY (workspace_id, number_id),
  constraint webhook_arrival_workspace_id_number_id_fkey FOREIGN KEY (workspace_id, number_id) REFERENCES business_number(workspace_id, id)
);
alter table webhook_arrival enable row level security;
alter table webhook_arrival force row level security;
create policy workspace_only on webhook_arrival using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table webhook_probe (
  workspace_id uuid not null,
  checked_at timestamp with time zone not null,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  fault text,
  constraint webhook_probe_failures_check CHECK ((failures >= 0)),
  constraint webhook_probe_pkey PRIMARY KEY (workspace_id),
  constraint webhook_probe_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);
alter table webhook_probe enable row level security;
alter table webhook_probe force row level security;
create policy workspace_only on webhook_probe using (workspace_id = ( SELECT (NULLIF(current_setting('wasl.workspace_id'::text, true), ''::text))::uuid AS "nullif"));

create table workspace (
  id uuid not null,
  name text not null,
  feed_id uuid not null,
  created_at timestamp with time zone not null,
  constraint workspace_pkey PRIMARY KEY (id)
);
