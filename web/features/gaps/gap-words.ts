import { type CaptureGap, type GapKind, STANDING_KINDS } from '../../../contract/api/gaps.ts'
import type { MessageKey, Translate } from '../../app/language.ts'
import type { PlaybookPage } from '../playbooks/built-in.ts'

/** What a person reads of a kind of gap, what is counted in it, and where it is written what to do. */
interface KindWords {
  readonly what: MessageKey
  readonly why: MessageKey
  readonly unit: 'messages' | 'files' | 'reports' | 'events'
  readonly page: PlaybookPage
  readonly section: string
}

const KINDS: Record<GapKind, KindWords> = {
  history_declined: {
    ...{ what: 'gap.historyDeclined', why: 'gap.historyDeclinedLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'declined' },
  },
  history_silent: {
    ...{ what: 'gap.historySilent', why: 'gap.historySilentLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'silent' },
  },
  history_partial: {
    ...{ what: 'gap.historyPartial', why: 'gap.historyPartialLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'partial' },
  },
  history_too_late: {
    ...{ what: 'gap.historyTooLate', why: 'gap.historyTooLateLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'too-late' },
  },
  history_used_up: {
    ...{ what: 'gap.historyUsedUp', why: 'gap.historyUsedUpLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'too-late' },
  },
  contacts_missing: {
    ...{ what: 'gap.contactsMissing', why: 'gap.contactsMissingLead', unit: 'events' },
    ...{ page: 'troubleshooting', section: 'import' },
  },
  media_old: {
    ...{ what: 'gap.mediaOld', why: 'gap.mediaOldLead', unit: 'files' },
    ...{ page: 'troubleshooting', section: 'media' },
  },
  media_not_come: {
    ...{ what: 'gap.mediaNotCome', why: 'gap.mediaNotComeLead', unit: 'files' },
    ...{ page: 'troubleshooting', section: 'media' },
  },
  file_missing: {
    ...{ what: 'gap.fileMissing', why: 'gap.fileMissingLead', unit: 'files' },
    ...{ page: 'troubleshooting', section: 'media' },
  },
  unavailable: {
    ...{ what: 'gap.unavailable', why: 'gap.unavailableLead', unit: 'messages' },
    ...{ page: 'team', section: 'not-received' },
  },
  unsupported: {
    ...{ what: 'gap.unsupported', why: 'gap.unsupportedLead', unit: 'messages' },
    ...{ page: 'team', section: 'phone-only' },
  },
  stray_status: {
    ...{ what: 'gap.strayStatus', why: 'gap.strayStatusLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'strays' },
  },
  missed_report: {
    ...{ what: 'gap.missedReport', why: 'gap.missedReportLead', unit: 'reports' },
    ...{ page: 'troubleshooting', section: 'no-webhooks' },
  },
  other_partner: {
    ...{ what: 'gap.otherPartner', why: 'gap.otherPartnerLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'partner' },
  },
  disconnected: {
    ...{ what: 'gap.removed', why: 'gap.disconnectedLead', unit: 'messages' },
    ...{ page: 'keep-alive', section: 'lost' },
  },
  outage: {
    ...{ what: 'gap.outage', why: 'gap.outageLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'no-webhooks' },
  },
  webhook_down: {
    ...{ what: 'gap.webhookDown', why: 'gap.webhookDownLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'no-webhooks' },
  },
  app_only: {
    ...{ what: 'gap.appOnly', why: 'gap.appOnlyLead', unit: 'messages' },
    ...{ page: 'onboarding', section: 'before' },
  },
  groups: {
    ...{ what: 'gap.groups', why: 'gap.groupsLead', unit: 'events' },
    ...{ page: 'team', section: 'phone-only' },
  },
  calls: {
    ...{ what: 'gap.calls', why: 'gap.callsLead', unit: 'events' },
    ...{ page: 'team', section: 'phone-only' },
  },
  view_once: {
    ...{ what: 'gap.viewOnce', why: 'gap.viewOnceLead', unit: 'messages' },
    ...{ page: 'team', section: 'phone-only' },
  },
  disappearing: {
    ...{ what: 'gap.disappearing', why: 'gap.disappearingLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'features' },
  },
  status: {
    ...{ what: 'gap.status', why: 'gap.statusLead', unit: 'messages' },
    ...{ page: 'team', section: 'phone-only' },
  },
  channels: {
    ...{ what: 'gap.channels', why: 'gap.channelsLead', unit: 'messages' },
    ...{ page: 'troubleshooting', section: 'features' },
  },
  windows: {
    ...{ what: 'gap.windows', why: 'gap.windowsLead', unit: 'messages' },
    ...{ page: 'keep-alive', section: 'linked-devices' },
  },
  wearos: {
    ...{ what: 'gap.wearos', why: 'gap.wearosLead', unit: 'messages' },
    ...{ page: 'keep-alive', section: 'linked-devices' },
  },
}

const GONE: Readonly<Record<string, MessageKey>> = {
  offboarded: 'gap.offboarded',
  disabled: 'gap.disabled',
}

export function wordsOfGap(gap: Pick<CaptureGap, 'kind' | 'evidence'>): KindWords {
  const words = KINDS[gap.kind]
  const what = gap.kind === 'disconnected' ? GONE[gap.evidence.state ?? ''] : undefined
  return what === undefined ? words : { ...words, what }
}

const PARTS: Readonly<Record<string, MessageKey>> = {
  phase0: 'gapPart.phase0',
  phase1: 'gapPart.phase1',
  phase2: 'gapPart.phase2',
  expired: 'gapPart.expired',
  too_large: 'gapPart.tooLarge',
  not_wanted: 'gapPart.notWanted',
  refused: 'gapPart.refused',
  unreachable: 'gapPart.unreachable',
  damaged: 'gapPart.damaged',
  other: 'gapPart.other',
  own: 'gapPart.own',
  other_program: 'gapPart.otherProgram',
  not_known: 'gapPart.notKnown',
  poll_creation: 'unsupported.poll',
  poll_update: 'unsupported.poll',
  view_once: 'unsupported.viewOnce',
  pin: 'unsupported.pin',
  event: 'unsupported.event',
  edit: 'unsupported.edit',
}

/** A part of a gap by name; what has no words here is WhatsApp's own. */
export function partName(t: Translate, part: string): string {
  const key = PARTS[part]
  return key === undefined ? part.replaceAll('_', ' ') : t(key)
}

export type GapView = 'open' | 'over' | 'standing'

const STANDING: ReadonlySet<GapKind> = new Set(STANDING_KINDS)

/** Under which heading a gap stands: one that is there by nature is no fault that somebody could mend. */
export function viewOf(gap: Pick<CaptureGap, 'kind' | 'untilMs'>): GapView {
  if (STANDING.has(gap.kind)) return 'standing'
  return gap.untilMs === null ? 'open' : 'over'
}
