import type { MessageContent } from '../../contract/message-content.ts'
import { isReplyWindowOpen, type WindowFacts, windowOpenedAtMs } from '../../contract/reply-window.ts'

/** A message that could go out, as far as it matters whether its customer is written to first. */
export interface PlaceSeeker extends WindowFacts {
  readonly message: { readonly id: string; readonly content: MessageContent }
  readonly contact: { readonly id: string }
}

/** Whether a message takes a place of Meta's messaging limit: a template outside the reply window. */
export function needsPlace({ message, ...facts }: Omit<PlaceSeeker, 'contact'>, nowMs: number): boolean {
  return message.content.type === 'template' && !isReplyWindowOpen(windowOpenedAtMs(facts), nowMs)
}

/** The places of a workspace while a round chooses what goes out. */
export class Places {
  /** By customer, the message that is to take the place, or to hold it from now on. */
  readonly takers = new Map<string, string>()
  /** Somebody found none. */
  wereShort = false
  /** When the next one is free, in Unix milliseconds; `null`: not known. */
  readonly freeAtMs: number | null
  readonly #held: ReadonlySet<string>
  #unused: number

  /** `held`: customers who have a place; `unused`: how many more may have one. */
  constructor(known: {
    readonly held: ReadonlySet<string>
    readonly unused: number
    readonly freeAtMs: number | null
  }) {
    this.#held = known.held
    this.#unused = known.unused
    this.freeAtMs = known.freeAtMs
  }

  /** Gives the message a place, or says that there is none. */
  take({ message, contact }: PlaceSeeker): boolean {
    if (!this.#held.has(contact.id) && !this.takers.has(contact.id)) {
      if (this.#unused <= 0) {
        this.wereShort = true
        return false
      }
      this.#unused--
    }
    this.takers.set(contact.id, message.id)
    return true
  }

  /** Whether a customer had no place before. */
  isNew(contactId: string): boolean {
    return !this.#held.has(contactId)
  }
}
