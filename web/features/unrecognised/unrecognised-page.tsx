import { useQuery } from '@tanstack/react-query'
import { RefreshCw, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { UnrecognisedAnswer } from '../../../contract/api/workspace.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { RawJson } from '../../ui/raw-json.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'

const REASONS: Record<UnrecognisedAnswer['deliveries'][number]['reason'], MessageKey> = {
  not_json: 'unplaced.not_json',
  not_a_webhook: 'unplaced.not_a_webhook',
  unknown_number: 'unplaced.unknown_number',
  failed: 'unplaced.failed',
}

/** What came and could not be read or placed: kept whole, never dropped. */
export function UnrecognisedPage(): ReactNode {
  const t = useT()
  const total = useSync((state) => state.inbox?.unrecognisedTotal ?? 0)
  // The feed tells when there is more; the total is part of the question, so that it is asked anew.
  const query = useQuery({
    queryKey: ['unrecognised', total],
    queryFn: () => get<UnrecognisedAnswer>('/unrecognised'),
    placeholderData: (last) => last,
  })
  const answer = query.data
  return (
    <Page title={t('unrecognised.title')} lead={t('unrecognised.lead')} menu={<MenuButton />}>
      {answer === undefined && <Skeleton className="h-32 w-full" />}
      {answer?.ok === false && (
        <p role="alert" className="flex items-center gap-3 text-danger">
          {failureWords(t, answer.failure)}
          <Button onClick={() => void query.refetch()}>
            <RefreshCw aria-hidden="true" className="size-4" />
            {t('ui.again')}
          </Button>
        </p>
      )}
      {answer?.ok === true && <Found answer={answer.value} />}
    </Page>
  )
}

function Found({ answer }: { readonly answer: UnrecognisedAnswer }): ReactNode {
  const t = useT()
  if (answer.events.length === 0 && answer.deliveries.length === 0) {
    return (
      <Empty icon={<ShieldCheck aria-hidden="true" />} title={t('unrecognised.none')}>
        {t('unrecognised.noneLead')}
      </Empty>
    )
  }
  return (
    <>
      <Section title={t('unrecognised.events')} lead={t('unrecognised.eventsLead', { count: answer.total })}>
        <ul className="text-sm" data-testid="unrecognised-events">
          {answer.events.map((event, index) => (
            <Entry
              // biome-ignore lint/suspicious/noArrayIndexKey: what was not understood has no id; the list is read whole each time
              key={`${index} ${event.receivedAtMs}`}
              title={event.field ?? t('unrecognised.noField')}
              what={event.reason}
              atMs={event.receivedAtMs}
              wire={event.wire}
            />
          ))}
        </ul>
      </Section>
      <Section title={t('unrecognised.deliveries')} lead={t('unrecognised.deliveriesLead')}>
        {answer.deliveries.length === 0 && <p className="text-sm text-ink-3">{t('unrecognised.noDeliveries')}</p>}
        <ul className="text-sm" data-testid="unplaced-deliveries">
          {answer.deliveries.map((delivery, index) => (
            <Entry
              // biome-ignore lint/suspicious/noArrayIndexKey: what was not understood has no id; the list is read whole each time
              key={`${index} ${delivery.receivedAtMs}`}
              title={t(REASONS[delivery.reason])}
              what={delivery.detail}
              atMs={delivery.receivedAtMs}
              wire={delivery.excerpt}
            />
          ))}
        </ul>
      </Section>
    </>
  )
}

function Entry({
  title,
  what,
  atMs,
  wire,
}: {
  readonly title: string
  readonly what: string
  readonly atMs: number
  readonly wire: unknown
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  return (
    <li className="border-t border-line py-2.5 first:border-t-0">
      <p className="flex flex-wrap gap-x-3">
        <bdi className="font-medium">{title}</bdi>
        <time className="ms-auto text-ink-3">{formats.moment(atMs)}</time>
      </p>
      <p dir="auto" className="text-ink-2 [overflow-wrap:anywhere]">
        {what}
      </p>
      <RawJson value={wire} label={t('unrecognised.raw')} />
    </li>
  )
}
