-- Files on their way to customers: taken in from a browser piece by piece, then handed to Meta.

-- received counts the bytes that have come; they lie beside the kept files until they are whole. file: as it will be sent
-- (contract StoredFile), once it is known to be what WhatsApp takes. fault: why it is not (contract UploadFault).
create table upload (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('image', 'video', 'audio', 'voice', 'document', 'sticker')),
  filename text not null,
  mime_type text not null,
  bytes bigint not null check (bytes > 0),
  received bigint not null default 0 check (received between 0 and bytes),
  state text not null default 'receiving' check (state in ('receiving', 'ready', 'refused')),
  fault text,
  file jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check ((state = 'ready') = (file is not null)),
  check ((state = 'refused') = (fault is not null))
);
create index upload_expiry on upload (workspace_id, expires_at);

-- Files that Meta has from us, by number and kept file: the same file to many customers goes up once. Meta keeps one for
-- 30 days.
create table meta_file (
  workspace_id uuid not null,
  number_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  mime_type text not null,
  media_id text not null,
  expires_at timestamptz not null,
  primary key (workspace_id, number_id, hash, mime_type),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id)
);

alter table upload enable row level security;
alter table upload force row level security;
create policy workspace_only on upload
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
alter table meta_file enable row level security;
alter table meta_file force row level security;
create policy workspace_only on meta_file
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));

-- What customers of a number see of us beside messages: that theirs were read, that somebody is typing. No row: neither.
create table customer_signals (
  workspace_id uuid not null,
  number_id uuid not null,
  read_receipts boolean not null,
  typing boolean not null,
  member_id uuid not null,
  saved_at timestamptz not null,
  primary key (workspace_id, number_id),
  foreign key (workspace_id, number_id) references business_number (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  -- Meta has no typing indicator that does not mark as read too.
  check (read_receipts or not typing)
);
alter table customer_signals enable row level security;
alter table customer_signals force row level security;
create policy workspace_only on customer_signals
  using (workspace_id = (select nullif(current_setting('wasl.workspace_id', true), '')::uuid));
