-- Customers as a page of their own: what phones' address books say, what changed, merges that can be undone, and who
-- held the phone when.

-- Text as it is searched and sorted: lower case, Arabic letters that people write one for the other as one, without marks
-- above letters.
create function search_form(written text) returns text language sql immutable parallel safe as $$
  -- Text without anything to translate is told by its length, and most of the work is saved.
  select case when octet_length(written) = length(written) then lower(written) else translate(lower(written),
    'أإآٱىئؤة٠١٢٣٤٥٦٧٨٩' || 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ' || 'ـًٌٍَُِّْٰ',
    'اااايي' || 'وه0123456789' || 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy') end
$$;

-- Both ways of writing a number that server/contacts/phone-variants.ts makes one of, so that either is found.
create function phone_forms(digits text) returns text language sql immutable parallel safe as $$
  select digits || case left(digits, 2)
    when '55' then case when length(digits) = 13 and substr(digits, 5, 1) = '9' then ' ' || left(digits, 4) || right(digits, 8) else '' end
    when '52' then case when length(digits) = 12 then ' 521' || right(digits, 10) else '' end
    when '54' then case when length(digits) = 13 and substr(digits, 3, 1) = '9' then ' 54' || right(digits, 10) else '' end
    else '' end
$$;

-- What a contact is found and sorted by, made when a name or identifier changes and at no other time: no generated
-- columns, because those would be made anew with every message of the customer. Who has no name sorts after all others.
alter table contact add column search_text text not null default '', add column sort_text text collate "C" not null default '';
create function set_contact_texts() returns trigger language plpgsql as $$
declare
  name text := coalesce(new.agent_name, new.address_book_name, new.profile_name, new.username);
begin
  -- The name that is shown stands in the first line.
  new.search_text := search_form(concat(translate(name, E'\n', ' '), E'\n', concat_ws(' ',
    new.agent_name, new.address_book_name, new.profile_name, new.username, new.user_id, new.parent_user_id)));
  new.sort_text := case when name is null then '1' || coalesce(new.phone, new.user_id, '')
    else '0' || left(split_part(new.search_text, E'\n', 1), 100) end;
  return new;
end $$;
create trigger contact_texts_of_new before insert on contact for each row execute function set_contact_texts();
create trigger contact_texts before update on contact for each row when (
  (old.agent_name, old.address_book_name, old.profile_name, old.username, old.phone, old.user_id, old.parent_user_id)
  is distinct from
  (new.agent_name, new.address_book_name, new.profile_name, new.username, new.phone, new.user_id, new.parent_user_id))
  execute function set_contact_texts();

-- A member made one of several contacts of this one: with identities that no fact of Meta's ties together, it is answered
-- under the one from which it was heard last. (Where Meta ties them, Meta tells which is given up.)
alter table contact add column is_merged boolean not null default false;

-- The owner of the tables, who migrates, is held by row-level security too; here every contact gets its texts.
alter table contact no force row level security;
create trigger contact_texts_of_all before update on contact for each row execute function set_contact_texts();
update contact set search_text = '';
drop trigger contact_texts_of_all on contact;
alter table contact force row level security;

-- What the address book of a number's phone says of an identity. Kept by identity and not by contact: a merge moves
-- nothing here. A removal is a time beside the name, so that nothing is lost and both may come in any order.
create table contact_book (
  workspace_id uuid not null,
  kind smallint not null check (kind in (1, 2, 3)),
  value text collate "C" not null,
  number_id uuid not null,
  name text,
  named_at timestamptz,
  removed_at timestamptz,
  primary key (workspace_id, kind, value, number_id)
);

-- What was learned of a known contact, in the order in which it was learned. at: the time that the fact itself tells.
create table contact_change (
  workspace_id uuid not null,
  id bigint generated always as identity,
  contact_id uuid not null,
  what text not null check (what in ('agent_name', 'address_book_name', 'profile_name', 'username', 'phone', 'user_id', 'parent_user_id')),
  old text,
  new text,
  -- By which number it came, or which member wrote it.
  number_id uuid,
  member_id uuid,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index contact_change_contact on contact_change (contact_id, id);

-- gone_id went up in kept_id. cause: Meta named both in one fact, or a member said so; only the latter can be undone,
-- since the next such fact would do it again.
create table contact_merge (
  workspace_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  gone_id uuid not null,
  cause text not null check (cause in ('meta', 'member')),
  member_id uuid,
  at timestamptz not null,
  -- The names of the kept contact until then.
  kept_before jsonb not null,
  -- Identities that moved, [{kind, value}].
  identities jsonb not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (workspace_id, id)
);
create index contact_merge_kept on contact_merge (kept_id);
create index contact_merge_gone on contact_merge (gone_id);

-- Conversations that moved: into another, or as a whole (into_id null). Who still asks for one that went up in another is
-- led on from here.
create table contact_merge_thread (
  workspace_id uuid not null,
  merge_id uuid not null,
  conversation_id uuid not null,
  number_id uuid not null,
  into_id uuid,
  -- How far members had read in it, [{memberId, inboundCount}].
  reads jsonb not null,
  primary key (workspace_id, merge_id, conversation_id)
);
create index contact_merge_thread_conversation on contact_merge_thread (conversation_id);

-- The conversation that one of this id is now: itself, or the one that it went up in.
create function lead_conversation(workspace uuid, conversation uuid) returns uuid language sql stable as $$
  with recursive led as (
    select conversation as id, 0 as step
    union all
    select t.into_id, led.step + 1 from led
      join contact_merge_thread t on t.workspace_id = workspace and t.conversation_id = led.id and t.into_id is not null
      join contact_merge m on m.workspace_id = workspace and m.id = t.merge_id and m.undone_at is null
     where led.step < 100)
  select id from led order by step desc limit 1
$$;

create table contact_merge_message (
  workspace_id uuid not null,
  merge_id uuid not null,
  conversation_id uuid not null,
  message_id uuid not null,
  primary key (workspace_id, merge_id, conversation_id, message_id)
);

-- Two contacts that a member says are two people: not suggested any more. The smaller id stands first.
create table contact_apart (
  workspace_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  member_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, first_id, second_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- Who holds the phone of a number when. A row is never changed, only ended: what is known of last month stays.
create table duty (
  workspace_id uuid not null,
  id uuid not null,
  number_id uuid not null,
  member_id uuid not null,
  -- Weekly: weekdays (0 Sunday to 6 Saturday) and minutes of the day in the time zone, over midnight when from > to.
  -- Null: once, from since to until.
  weekdays smallint[] check (weekdays <@ array[0, 1, 2, 3, 4, 5, 6]::smallint[] and cardinality(weekdays) > 0),
  from_minute smallint check (from_minute between 0 and 1439),
  to_minute smallint check (to_minute between 0 and 1439),
  time_zone text not null,
  since timestamptz not null,
  until timestamptz,
  -- Taken off the roster from then on; at or before since: it was a mistake and never counts.
  ended_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check ((weekdays is null) = (from_minute is null) and (from_minute is null) = (to_minute is null)),
  check (weekdays is not null or until is not null),
  check (until is null or until > since)
);

do $$
declare
  name text;
begin
  foreach name in array array['contact_book', 'contact_change', 'contact_merge', 'contact_merge_thread',
                              'contact_merge_message', 'contact_apart', 'duty'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy workspace_only on %I using (workspace_id = (select nullif(current_setting(''wasl.workspace_id'', true), '''')::uuid))',
      name);
  end loop;
end $$;
