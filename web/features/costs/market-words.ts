import type { Formats } from '../../app/formats.ts'
import type { MessageKey, Translate } from '../../app/language.ts'

const REGION_WORDS: Readonly<Record<string, MessageKey>> = {
  north_america: 'costs.market.northAmerica',
  rest_of_africa: 'costs.market.restOfAfrica',
  rest_of_asia_pacific: 'costs.market.restOfAsiaPacific',
  rest_of_central_eastern_europe: 'costs.market.restOfCentralEasternEurope',
  rest_of_latin_america: 'costs.market.restOfLatinAmerica',
  rest_of_middle_east: 'costs.market.restOfMiddleEast',
  rest_of_western_europe: 'costs.market.restOfWesternEurope',
  other: 'costs.market.other',
}

/** A market of a price list: a country, or one of Meta's regions. */
export function marketWords(t: Translate, formats: Formats, market: string): string {
  const region = REGION_WORDS[market]
  return region === undefined ? formats.country(market) : t(region)
}
