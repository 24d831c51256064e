import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { QueueAnswer } from '../../../contract/api/sending.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'

const LOOKED_AT_EVERY_MS = 2_000
const REASONS: Record<NonNullable<QueueAnswer['reason']>, MessageKey> = {
  file: 'queue.file',
  customer: 'queue.customer',
  number: 'queue.number',
  places: 'queue.places',
}

/** What keeps messages of this conversation from going out at once, while something does. */
export function QueueLine({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const { moment } = useFormats()
  const waits = useSync(
    (state) =>
      state.inbox?.threads[id]?.messages.some(({ delivery, wamid }) => delivery === 'queued' && wamid === null) ===
      true,
  )
  const queue = useQuery({
    queryKey: ['queue', id],
    queryFn: () => get<QueueAnswer>(`/conversations/${encodeURIComponent(id)}/queue`),
    enabled: waits,
    refetchInterval: LOOKED_AT_EVERY_MS,
  }).data
  if (!waits || queue?.ok !== true || queue.value.reason === null) return null
  const { reason, waits: here, numberWaits, freeAtMs } = queue.value
  return (
    <p role="status" className="mb-2 text-sm text-ink-3" data-testid="queue">
      {t(REASONS[reason], { count: here, all: numberWaits, time: freeAtMs === undefined ? '' : moment(freeAtMs) })}
    </p>
  )
}
