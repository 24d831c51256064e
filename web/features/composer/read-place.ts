/** A place on the earth, in degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const PAIR = String.raw`(-?\d{1,3}(?:\.\d+)?)\s*(?:,|،|%2C|\s)\s*(-?\d{1,3}(?:\.\d+)?)`
/** Where maps put the place in their links, and how people write it. */
const FORMS = [
  new RegExp(String.raw`@${PAIR}`),
  new RegExp(String.raw`[?&](?:q|ll|query|center)=${PAIR}`),
  new RegExp(`^${PAIR}$`),
]

/** Reads `24.7136, 46.6753` or the link of a map; `null` when there is no place in it. */
export function readPlace(text: string): Place | null {
  for (const form of FORMS) {
    const found = form.exec(text.trim())
    if (found === null) continue
    const [latitude, longitude] = [Number(found[1]), Number(found[2])]
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
  }
  return null
}
