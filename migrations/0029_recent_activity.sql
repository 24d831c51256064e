-- Whether the app was used lately is asked by itself, beside since when; the answers that were given stay.
alter table preflight_answer drop constraint preflight_answer_question_check;
alter table preflight_answer add constraint preflight_answer_question_check check (question in
  ('app_version', 'app_since', 'app_active', 'business_verified', 'phone', 'facebook_page', 'partner_type', 'payer'));
