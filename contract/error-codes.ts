/** Every error the API can answer: its HTTP status and what it means. The words people read are in `web/locales`. */
export const ERROR_CODES = {
  bad_request: { status: 400, meaning: 'The request does not have the expected form; `details` names the fields.' },
  bad_signature: { status: 401, meaning: 'The webhook is not signed with any of the configured app secrets.' },
  no_member: { status: 401, meaning: 'No person is chosen: POST /api/v1/session first.' },
  wrong_origin: { status: 403, meaning: 'The Host or Origin header is not one this server answers to.' },
  owner_only: { status: 403, meaning: 'Only an owner of the workspace may do this.' },
  not_found: { status: 404, meaning: 'There is no such thing in this workspace.' },
  client_id_reused: { status: 409, meaning: 'This client id was used for another message.' },
  number_exists: { status: 409, meaning: 'This number is connected already.' },
  changed_meanwhile: { status: 409, meaning: 'Somebody else changed this since it was read; read it again.' },
  merge_proved: { status: 409, meaning: 'WhatsApp itself named both as one person, so the merge cannot be undone.' },
  merge_built_on: { status: 409, meaning: 'A later merge was built on this one; undo that one first.' },
  already_sent: {
    status: 409,
    meaning: 'The message is on its way or has come to its end; nothing is left to be done.',
  },
  sync_not_open: {
    status: 409,
    meaning: 'Meta has taken this request already, or its time is over; asking again would be refused for good.',
  },
  edited_on_phone: {
    status: 409,
    meaning: 'The number is on a phone, and the app there owns this; it cannot be changed through the API.',
  },
  consent_missing: {
    status: 409,
    meaning: 'The owner has not yet agreed to what connecting changes; POST the consents first.',
  },
  onboarding_closed: { status: 409, meaning: 'This attempt to connect is over; begin a new one.' },
  step_not_open: { status: 409, meaning: 'This step is done already, or another one comes first.' },
  mode_not_ready: {
    status: 409,
    meaning: 'The number cannot be moved yet: at Meta it still stands otherwise; `details` says how.',
  },
  upload_offset: {
    status: 409,
    meaning: 'The upload stands elsewhere; `details.received` says from which byte to go on.',
  },
  upload_not_ready: { status: 409, meaning: 'The file has not come whole, or was refused; it cannot be sent.' },
  reaction_refused: {
    status: 422,
    meaning: 'This message cannot be reacted to: it is deleted, older than 30 days, or not at WhatsApp.',
  },
  upload_gone: { status: 410, meaning: 'There is no such upload any more; upload the file again.' },
  file_type: { status: 422, meaning: 'WhatsApp does not take a file of this type in this kind of message.' },
  file_too_large: { status: 422, meaning: 'The file is larger than WhatsApp takes in this kind of message.' },
  file_damaged: { status: 422, meaning: 'The file cannot be read; it may be damaged.' },
  sound_not_converted: {
    status: 422,
    meaning: 'WhatsApp does not play this sound, and it cannot be converted: ffmpeg is not installed.',
  },
  video_not_converted: {
    status: 422,
    meaning: 'WhatsApp does not play this kind of film, and the server has no ffmpeg to convert it.',
  },
  too_large: { status: 413, meaning: 'The body is larger than the limit.' },
  media_unavailable: { status: 410, meaning: 'Meta no longer has this file, or never sent it.' },
  too_many: { status: 422, meaning: 'There are as many of these as there may be; `details.max` says how many.' },
  number_offboarded: {
    status: 422,
    meaning:
      'Meta has suspended sending from this number, e.g. since its phone was changed; it may come back by itself.',
  },
  number_removed: { status: 422, meaning: 'The connection of this number was ended; it has to be connected again.' },
  number_disabled: { status: 422, meaning: 'WhatsApp has disabled this number.' },
  number_not_sending: { status: 422, meaning: 'The number is not connected, so nothing can be sent from it.' },
  card_refused: { status: 422, meaning: 'The price list has a fault; `details` names the lines.' },
  budget_spent: {
    status: 422,
    meaning: 'The budget of this month is spent, and this would cost; `costConfirmed` sends an answer all the same.',
  },
  send_time_past: { status: 422, meaning: 'The message would expire before it may go out, or goes out too far ahead.' },
  reply_window_closed: {
    status: 422,
    meaning: 'The customer has not written within 24 hours; only a template may be sent.',
  },
  marketing_resting: {
    status: 422,
    meaning:
      'WhatsApp held marketing back for this customer (131049), and none goes to them for 24 hours; `details.fromMs` says from when it may.',
  },
  phone_number_needed: {
    status: 422,
    meaning:
      'An authentication template goes to a phone number only, and this customer is known by a user id (131062).',
  },
  template_not_approved: {
    status: 422,
    meaning: 'There is no such template that Meta has approved and Wasl may send.',
  },
  template_paused: { status: 422, meaning: 'Meta has paused or disabled this template.' },
  template_suspended: {
    status: 422,
    meaning: 'What Meta has under this name is not what was approved here; somebody has to review it.',
  },
  template_expired: {
    status: 422,
    meaning: 'The review of this template is overdue; another person has to repeat it.',
  },
  template_inputs: { status: 422, meaning: 'The values do not fit the template; `details` names the inputs.' },
  template_invalid: { status: 422, meaning: 'Meta would refuse this template; `details` names places and rules.' },
  template_exists: { status: 409, meaning: 'The account has a template of this name and language already.' },
  template_step: { status: 409, meaning: 'This step does not follow from where the template stands.' },
  own_review: { status: 403, meaning: 'Another person than the author has to review this.' },
  template_refused: { status: 502, meaning: 'Meta refused; `details` has its code and its words.' },
  connect_failed: {
    status: 502,
    meaning: 'Meta refused a step of connecting the number; `details` names step and code.',
  },
  meta_refused: {
    status: 502,
    meaning: 'Meta refused the change; `details` has its code, title and trace id.',
  },
  mail_failed: { status: 502, meaning: 'The mail server did not take the mail; `details` says why and its answer.' },
  graph_unreachable: { status: 502, meaning: 'Meta could not be reached.' },
  unavailable: { status: 503, meaning: 'The database cannot store anything at the moment; try again.' },
  internal: { status: 500, meaning: 'A fault of ours; it is in the log under the request id.' },
} as const

export type ErrorCode = keyof typeof ERROR_CODES

export interface ApiError {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly details?: unknown }
}
