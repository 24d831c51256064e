import type { HEALTH_REASONS, HealthKey, HealthLine } from '../../../contract/api/care.ts'
import type { Formats } from '../../app/formats.ts'
import { isolated, type MessageKey, type Translate } from '../../app/language.ts'
import type { PlaybookPage } from '../playbooks/built-in.ts'

export const LINE_NAMES: Record<HealthKey, MessageKey> = {
  connection: 'health.line.connection',
  token: 'health.line.token',
  subscription: 'health.line.subscription',
  sending: 'health.line.sending',
  quality: 'health.line.quality',
  limit: 'health.line.limit',
  throughput: 'health.line.throughput',
  management: 'health.line.management',
  payment: 'health.line.payment',
  webhook: 'health.line.webhook',
  contacts: 'health.line.contacts',
  history: 'health.line.history',
  errors: 'health.line.errors',
}

/** Every sentence there may be; that each has words is what the type says. */
type Sentence = { [K in HealthKey]: `health.${K}.${(typeof HEALTH_REASONS)[K][number]}` }[HealthKey]

/** What a line says, with figures as the person reads them. */
export function lineWords(t: Translate, formats: Formats, { key, reason, values }: HealthLine): string {
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? figure(formats, name, value) : isolated(value),
    ]),
  )
  if (reason === 'unasked') return t('health.unasked')
  if (reason === 'unreadable') return t('health.unreadable', shown)
  return t(`health.${key}.${reason}` as Sentence, shown)
}

function figure(formats: Formats, name: string, value: number): string {
  switch (name) {
    // Codes are names: no separators within.
    case 'code':
      return String(value)
    case 'percent':
      return formats.percent(value)
    case 'untilMs':
      return formats.time(value)
    default:
      return formats.number(value)
  }
}

type Place = readonly [PlaybookPage, string]

const PLACES: Record<HealthKey, Place> = {
  connection: ['keep-alive', 'lost'],
  token: ['keep-alive', 'token'],
  subscription: ['troubleshooting', 'no-webhooks'],
  sending: ['troubleshooting', 'errors'],
  quality: ['compliance', 'consent'],
  limit: ['onboarding', 'first-week'],
  throughput: ['troubleshooting', 'errors'],
  management: ['troubleshooting', 'management'],
  payment: ['keep-alive', 'token'],
  webhook: ['troubleshooting', 'no-webhooks'],
  contacts: ['troubleshooting', 'import'],
  history: ['troubleshooting', 'import'],
  errors: ['troubleshooting', 'errors'],
}

const NEARER: Readonly<Record<string, Place>> = {
  'connection.at_risk': ['keep-alive', 'open-the-phone'],
  'connection.offboarded': ['keep-alive', 'new-phone'],
  'connection.restricted': ['troubleshooting', 'number'],
  'connection.disabled': ['troubleshooting', 'number'],
  'history.silent': ['troubleshooting', 'silent'],
  'history.partial': ['troubleshooting', 'partial'],
  'history.declined': ['troubleshooting', 'declined'],
  'history.lost': ['troubleshooting', 'too-late'],
  'contacts.silent': ['troubleshooting', 'silent'],
  'contacts.lost': ['troubleshooting', 'too-late'],
}

/** The page that says what to do, and the place in it; `null` when nothing is to be done. */
export function placeOf({ key, reason, status }: HealthLine): Place | null {
  const nearer = NEARER[`${key}.${reason}`]
  if (nearer !== undefined) return nearer
  return status === 'ok' ? null : PLACES[key]
}
