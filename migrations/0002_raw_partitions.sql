-- Daily partitions of raw_delivery. Wasl works as a role that owns nothing, so these two run as their owner; they take
-- only dates, and the clock is the caller's.

-- Makes the partitions of `days` days from `first_day` on; those that exist are left.
create function ensure_raw_partitions(first_day date, days integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

-- Drops the partitions of days before `first_kept`; one that still has a delivery waiting to be projected is kept.
-- Gives how many were dropped.
create function drop_raw_partitions(first_kept date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

revoke execute on function ensure_raw_partitions(date, integer), drop_raw_partitions(date) from public;
