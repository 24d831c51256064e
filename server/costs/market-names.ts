import { getCountries } from 'libphonenumber-js'

/** Names that Meta's price lists use beside those of countries, as `plain` writes them. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  'north america': 'north_america',
  'rest of africa': 'rest_of_africa',
  'rest of apac': 'rest_of_asia_pacific',
  'rest of asia pacific': 'rest_of_asia_pacific',
  'rest of c and e europe': 'rest_of_central_eastern_europe',
  'rest of central and eastern europe': 'rest_of_central_eastern_europe',
  'rest of latam': 'rest_of_latin_america',
  'rest of latin america': 'rest_of_latin_america',
  'rest of middle east': 'rest_of_middle_east',
  'rest of w europe': 'rest_of_western_europe',
  'rest of western europe': 'rest_of_western_europe',
  other: 'other',
  'hong kong': 'HK',
  turkey: 'TR',
  turkiye: 'TR',
  uae: 'AE',
  uk: 'GB',
}

const ENGLISH = new Intl.DisplayNames(['en'], { type: 'region' })
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...getCountries().map((code) => [plain(ENGLISH.of(code) ?? code), code] as const),
  ...Object.entries(OWN_NAMES),
])

/**
 * The key of a market on our cards (an ISO 3166 country, a region, or `other`) by the name that Meta gives it; `null` for a
 * name of none. Webhooks write names in capitals, and files with spaces around them.
 */
export function marketNamed(name: string): string | null {
  const known = BY_NAME.get(plain(name))
  if (known !== undefined) return known
  const code = name.trim().toUpperCase()
  return (getCountries() as readonly string[]).includes(code) ? code : null
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
