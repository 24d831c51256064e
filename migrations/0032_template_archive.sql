-- Putting away is ours and lasts; Meta's archive is another thing: what it holds is deleted after 28 days.
alter table template rename column archived_at to put_away_at;
alter table template
  -- Since when Meta has it in its archive, at the earliest, and the status that it had before.
  add column archived_at timestamptz,
  add column archived_from text;

update template_event set kind = 'put_away' where kind = 'archived';
update template_event set kind = 'taken_out' where kind = 'unarchived';
