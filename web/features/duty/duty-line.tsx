import { useMutation, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Duty } from '../../../contract/duty.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { dutiesQuery } from './duty-queries.ts'
import { useDutyWords } from './duty-words.ts'

/** One entry of the roster; it is ended, or taken back as a mistake, and either can be undone. */
export function DutyLine({ duty }: { readonly duty: Duty }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const words = useDutyWords()
  const queries = useQueryClient()
  const name = useSync((state) => state.session?.members.find(({ id }) => id === duty.memberId)?.name) ?? ''
  const ending = useMutation({
    mutationFn: (end: 'now' | 'mistake' | null) => post<undefined>(`/duties/${duty.id}/end`, { end }),
    onSettled: () => queries.invalidateQueries({ queryKey: dutiesQuery(duty.numberId).queryKey }),
  })
  const { endedAtMs } = duty
  const mistaken = endedAtMs !== null && endedAtMs <= duty.sinceMs
  const over = endedAtMs !== null || (duty.untilMs !== null && duty.untilMs <= nowMs)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0">
      <span className={clsx('min-w-0 flex-1', over && 'text-ink-3')}>
        <bdi className="font-medium">{name}</bdi>
        <span className="block text-sm">{words.when(duty)}</span>
        <span className="block text-sm text-ink-3">
          {mistaken
            ? t('duty.mistaken')
            : endedAtMs !== null
              ? t('duty.ended', { time: formats.moment(endedAtMs) })
              : duty.weekly !== null &&
                t('duty.since', { day: formats.day(duty.sinceMs, nowMs), place: duty.timeZone })}
        </span>
      </span>
      <span className="flex gap-2">
        {endedAtMs !== null ? (
          <Button disabled={ending.isPending} onClick={() => ending.mutate(null)}>
            {t('contact.undo')}
          </Button>
        ) : (
          <>
            {!over && (
              <Button disabled={ending.isPending} title={t('duty.endLead')} onClick={() => ending.mutate('now')}>
                {t('duty.end')}
              </Button>
            )}
            <Button
              look="ghost"
              disabled={ending.isPending}
              title={t('duty.mistakeLead')}
              onClick={() => ending.mutate('mistake')}
            >
              {t('duty.mistake')}
            </Button>
          </>
        )}
      </span>
      {ending.data?.ok === false && (
        <p role="alert" className="basis-full text-sm text-danger">
          {failureWords(t, ending.data.failure)}
        </p>
      )}
    </li>
  )
}
