import type { GraphFailure } from '../graph/call.ts'
import { badValue, checkList, checkText, checkUrl, firstFailure, isPart, missing, type Part, parts } from './check.ts'
import { checkHeader, named } from './check-frame.ts'
import type { LookUpMedia } from './check-media.ts'

/** Characters and counts. */
const BODY_MAX = 1_024
const LABEL_MAX = 20
const REPLY_ID_MAX = 256
const CARDS_MIN = 2
const CARDS_MAX = 10
const CARD_BUTTONS_MAX = 3

/** 2 to 10 cards of one type, counted from 0. */
export function checkCarousel(action: Part, lookUp: LookUpMedia): GraphFailure | null {
  const failure = checkList(action.cards, 'cards', CARDS_MIN, CARDS_MAX)
  if (failure) return failure
  const cards = parts(action.cards)
  for (const [index, card] of cards.entries()) {
    if (card.card_index !== index) return badValue('card_index must count from 0.')
    if (card.type !== cards[0]?.type) return badValue('All cards of a carousel must be of one type.')
    const wrong = checkCard(card, lookUp)
    if (wrong) return wrong
  }
  return null
}

/** A product, or a picture or video with one link or some quick replies. */
function checkCard(card: Part, lookUp: LookUpMedia): GraphFailure | null {
  const { action, header, body } = card
  if (!isPart(action)) return missing('action', 'card')
  if (card.type === 'product')
    return firstFailure(
      checkText(action.catalog_id, 'catalog_id', 100),
      checkText(action.product_retailer_id, 'product_retailer_id', 200),
    )
  if (!isPart(header)) return missing('header', 'card')
  if (header.type !== 'image' && header.type !== 'video')
    return badValue('The header of a card is an image or a video.')
  const failure = firstFailure(
    checkHeader(header, 'card', lookUp),
    isPart(body) && checkText(body.text, "card['body']['text']", BODY_MAX),
  )
  if (failure || action.name === 'cta_url') return failure ?? checkCallToAction(action)
  const list = checkList(action.buttons, 'buttons', 1, CARD_BUTTONS_MAX)
  if (list) return list
  for (const { quick_reply: reply } of parts(action.buttons)) {
    if (!isPart(reply)) return missing('quick_reply', 'button')
    const wrong = firstFailure(
      checkText(reply.id, "quick_reply['id']", REPLY_ID_MAX),
      checkText(reply.title, "quick_reply['title']", LABEL_MAX),
    )
    if (wrong) return wrong
  }
  return null
}

/** One link, of a message or of a card. */
export function checkCallToAction(action: Part): GraphFailure | null {
  if (!isPart(action.parameters)) return missing('parameters', 'cta_url')
  return firstFailure(
    named(action, 'cta_url'),
    checkText(action.parameters.display_text, 'display_text', LABEL_MAX),
    checkUrl(action.parameters.url, 'url'),
  )
}
