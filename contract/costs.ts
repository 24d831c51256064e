/**
 * Meta's three ways to price, oldest first: per 24-hour conversation (to 30 June 2025), per delivered template (to 30
 * September 2026), per delivered message with the service messages charged too (since 1 October 2026).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export const PRICING_ERAS = ['conversation', 'per_message', 'service_charged'] as const
export type PricingEra = (typeof PRICING_ERAS)[number]

/**
 * What WhatsApp accounts are billed in.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export const ACCOUNT_CURRENCIES = 'USD AED ARS AUD BRL CLP COP EUR GBP IDR INR MXN MYR PEN SAR SGD'.split(' ')

export const PRICE_CATEGORIES = [
  'marketing',
  'utility',
  'authentication',
  'authentication_international',
  'service',
] as const
export type PriceCategory = (typeof PRICE_CATEGORIES)[number]

/**
 * Why a message costs what it costs. `phone`: it was written on the phone, which is never charged. `free_told`: Meta says that it
 * was not charged, in words we do not know.
 */
export const PRICE_REASONS = [
  'regular',
  'free_tier',
  'free_window',
  'free_entry_point',
  'free_reaction',
  'free_told',
  'exempt',
  'open_conversation',
  'phone',
] as const
export type PriceReason = (typeof PRICE_REASONS)[number]

/** Delivered service messages that are free per number and month since October 2026. */
export const FREE_SERVICE_MESSAGES = 1_000

/** The last day on which governments and non-profits that Meta exempts pay no service messages. */
export const EXEMPT_UNTIL = '2027-12-31'
