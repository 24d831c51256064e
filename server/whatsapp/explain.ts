import type { ChannelEvent } from './channel-event.ts'
import { readWebhook } from './normalise.ts'

/** What one file says, as `bin/wasl explain` prints it: one line of JSON. */
export interface Explanation {
  readonly file: string
  readonly events: readonly ChannelEvent[]
  /** How many of the events are `channel.unrecognised`. */
  readonly unrecognised: number
}

export type ExplainResult =
  | { readonly ok: true; readonly explanation: Explanation }
  | { readonly ok: false; readonly sentence: string }

/** Takes a file's name and text, gives what Wasl makes of it, or one sentence saying why it is no webhook. */
export function explain(file: string, text: string): ExplainResult {
  let payload: unknown
  try {
    payload = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, sentence: `${file} is not JSON: ${detail}` }
  }
  const reading = readWebhook(payload)
  if (reading.kind === 'not_a_webhook') return { ok: false, sentence: `${file} is not a webhook: ${reading.reason}.` }
  const unrecognised = reading.events.filter((event) => event.type === 'channel.unrecognised').length
  return { ok: true, explanation: { file, events: reading.events, unrecognised } }
}
