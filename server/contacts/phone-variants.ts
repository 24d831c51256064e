/**
 * Some countries write one mobile number in two ways, and WhatsApp uses now the one, now the other. Takes digits with
 * country code, gives the one form under which we know the person; other countries' numbers come back unchanged.
 *
 * - Brazil: mobile numbers got a ninth digit (55 + area + 9 + eight digits), older accounts still go without.
 * - Mexico: `wa_id` has a 1 after the country code that is no longer dialled (52 1 + ten digits).
 * - Argentina: mobile numbers have a 9 after the country code when called from abroad (54 9 + ten digits).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
 */
export function canonicalPhone(digits: string): string {
  if (digits.startsWith('55')) return canonicalBrazil(digits)
  if (digits.startsWith('521') && digits.length === 13) return `52${digits.slice(3)}`
  if (digits.startsWith('54') && digits.length === 12) return `549${digits.slice(2)}`
  return digits
}

/** Landlines begin with 2 to 5 and have no ninth digit. */
function canonicalBrazil(digits: string): string {
  const isOldMobile = digits.length === 12 && digits.charCodeAt(4) >= 0x36
  return isOldMobile ? `${digits.slice(0, 4)}9${digits.slice(4)}` : digits
}
