import type { JobHandler } from '../platform/jobs.ts'
import { ASK_META_JOB, askMetaJob, askStale } from './ask-meta.job.ts'
import type { AskMetaDeps } from './ask-meta.ts'
import { type CheckWebhookDeps, checkWebhook } from './check-webhook.ts'
import { type SendRemindersDeps, sendReminders } from './send-reminders.ts'

/** The jobs of this slice, by name. */
export function careJobs(deps: AskMetaDeps): Readonly<Record<string, JobHandler>> {
  return { [ASK_META_JOB]: askMetaJob(deps) }
}

/** Each minute: what has become old is asked for anew, whoever has to know something is reminded, our webhook is tried. */
export async function sweepCare(
  deps: Pick<AskMetaDeps, 'database' | 'clock'> & SendRemindersDeps & CheckWebhookDeps,
  workspaceId: string,
): Promise<void> {
  await askStale(deps, workspaceId)
  await sendReminders(deps, workspaceId)
  await checkWebhook(deps, workspaceId)
}
