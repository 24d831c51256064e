-- What Meta says of payments, by the reference that the business gave the order. Every saying is kept, also of orders that no
-- message here asked for; the same again is the same row. payment: as contract/payment.ts has it; data: as Meta said it.
create table payment_status (
  workspace_id uuid not null,
  number_id uuid not null,
  reference text collate "C" not null,
  digest bytea not null check (octet_length(digest) = 32),
  payment jsonb not null,
  data jsonb not null,
  primary key (workspace_id, number_id, reference, digest)
);

-- Which messages ask for the payment of an order. A table and not an index of message: most messages ask for none.
create table payment_request (
  workspace_id uuid not null,
  number_id uuid not null,
  reference text collate "C" not null,
  message_id uuid not null,
  primary key (workspace_id, number_id, reference, message_id)
);

-- What a message shows of its payment: made of all that was said of the order.
alter table message add column payment jsonb;

insert into payment_request (workspace_id, number_id, reference, message_id)
select workspace_id, number_id, content #>> '{sent,action,parameters,reference_id}', id
  from message
 where content ->> 'type' = 'interactive' and content ->> 'kind' = 'order_details'
   and content #>> '{sent,action,parameters,reference_id}' is not null;

alter table payment_status enable row level security;
alter table payment_status force row level security;
create policy workspace_only on payment_status
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table payment_request enable row level security;
alter table payment_request force row level security;
create policy workspace_only on payment_request
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
