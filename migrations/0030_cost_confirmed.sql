-- A message that goes out later is looked at again at its time; one whose price a person has agreed to is not stopped then.
alter table message add column cost_confirmed boolean not null default false;
