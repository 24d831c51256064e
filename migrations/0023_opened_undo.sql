-- What was known of the phone before somebody said that it was opened: taken back, that holds again.
alter table business_number
  add column sign_before_at timestamptz,
  add column sign_before_kind text;
