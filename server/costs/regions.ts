/**
 * Meta's regions: countries that have no row of their own on a card are priced by them. Countries of no list are `other`.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (country calling codes)
 */
const REGIONS = {
  north_america: 'US CA',
  rest_of_africa:
    'DZ AO BJ BW BF BI CM TD CG ER ET GA GM GH GW CI KE LS LY LR MG MW ML MR MA MZ NA NE RW SN SL SO SS SD SZ TZ TG TN UG ZM',
  rest_of_asia_pacific: 'AF AU BD KH CN HK JP LA MN NP NZ PG PH LK TW TJ TH TM UZ VN',
  rest_of_central_eastern_europe: 'AL AM AZ BY BG HR CZ GE GR HU LV LT MK MD PL RO RS SK SI UA',
  rest_of_latin_america: 'BO CR DO EC SV GT HT HN JM NI PA PY PR UY VE',
  rest_of_middle_east: 'BH IQ JO KW LB OM QA YE',
  rest_of_western_europe: 'AT BE DK FI IE NO PT SE CH',
} as const

const BY_COUNTRY: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([region, countries]) => countries.split(' ').map((country) => [country, region])),
)

/** The region of an ISO 3166 country; `other` for one of no list, and for a customer whose country is not known. */
export function regionOf(country: string | null): string {
  return (country === null ? undefined : BY_COUNTRY.get(country)) ?? 'other'
}
