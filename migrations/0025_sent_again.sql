-- A message that a person wrote once more because an earlier one failed names it; an earlier one is sent again once.
alter table message
  add column again_of uuid,
  add constraint message_again_of_fkey foreign key (workspace_id, again_of) references message (workspace_id, id)
    on delete set null (again_of);

create unique index message_again on message (workspace_id, again_of) where again_of is not null;
