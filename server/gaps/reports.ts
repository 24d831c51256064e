import type { ReportedEvent } from '../whatsapp/graph-answer.ts'

/** Meta tries again for days; this soon after the event nothing is lost. */
export const REPORT_LOST_AFTER_MS = 15 * 60 * 1000

/** Words by which Meta's history says that a webhook did not arrive; none of its pages lists them all. */
const NOT_DELIVERED = /FAIL|NOT|UNDELIVER|ERROR|DROP/i

/** Who sent a message, by the apps that its reports went to; `null`: they do not say. */
export function senderOf(reports: readonly Pick<ReportedEvent, 'appId'>[], ownAppId: string): 'own' | 'other' | null {
  const apps = new Set(reports.flatMap(({ appId }) => (appId === null ? [] : [appId])))
  if (apps.has(ownAppId)) return 'own'
  return apps.size > 0 ? 'other' : null
}

/** Reports for our app of which Meta says that they did not arrive. */
export function missedReports(
  reports: readonly ReportedEvent[],
  ownAppId: string,
  nowMs: number,
): readonly ReportedEvent[] {
  return reports.filter(
    ({ appId, atMs, webhookState, failure }) =>
      (appId === null || appId === ownAppId) &&
      nowMs - atMs >= REPORT_LOST_AFTER_MS &&
      (failure !== null || NOT_DELIVERED.test(webhookState ?? '')),
  )
}
