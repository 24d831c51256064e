import { useMutation, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { type ExcludedCountry, excludeCountryBody, type PreflightAnswer } from '../../../contract/api/preflight.ts'
import { isolatedNumber, type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { FailureLine } from './failure-line.tsx'

const BY_WORDS: Record<ExcludedCountry['by'], MessageKey> = {
  meta: 'countries.byMeta',
  configuration: 'countries.byConfiguration',
  team: 'countries.byTeam',
}

/** Countries that are excluded now, each with who says so; an owner may add some. Below, what Meta's list was before. */
export function ExcludedCountries({ excluded, metaLists }: Pick<PreflightAnswer, 'excluded' | 'metaLists'>): ReactNode {
  const t = useT()
  const id = useId()
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const changing = useMutation({
    mutationFn: (body: { readonly callingCode: string; readonly excluded: boolean }) =>
      post<PreflightAnswer>('/connect/preflight/countries', body),
    onSuccess: (answer) => {
      if (!answer.ok) return
      queries.setQueryData(['preflight'], answer)
      setCode('')
    },
  })
  const wish = excludeCountryBody.safeParse({ callingCode: code.replace(/^\+|^00/, ''), excluded: true })
  return (
    <details className="mt-1.5 text-sm">
      <summary className="cursor-pointer text-ink-2">{t('countries.title', { count: excluded.length })}</summary>
      <p className="py-1 text-ink-2">{t('countries.lead')}</p>
      <ul className="flex flex-wrap gap-2">
        {excluded.map(({ callingCode, by }) => (
          <li
            key={`${by}:${callingCode}`}
            data-testid="excluded-country"
            className={clsx('flex min-h-8 items-center gap-1.5 rounded-full bg-hover ps-3', by !== 'team' && 'pe-3')}
          >
            <bdi dir="ltr" className="num">
              +{callingCode}
            </bdi>
            <span className="text-ink-3">{t(BY_WORDS[by])}</span>
            {by === 'team' && (
              <IconButton
                label={t('countries.remove', { code: isolatedNumber(`+${callingCode}`) })}
                onClick={() => changing.mutate({ callingCode, excluded: false })}
              >
                <X aria-hidden="true" className="size-3.5" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <form
        className="mt-1 flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (wish.success) changing.mutate(wish.data)
        }}
      >
        <label htmlFor={id}>{t('countries.code')}</label>
        <input
          id={id}
          dir="ltr"
          inputMode="tel"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          className="min-h-8 w-24 rounded-sm border border-line-strong bg-surface px-2 text-ink phone:min-h-11"
        />
        <Button type="submit" disabled={!wish.success || changing.isPending}>
          {t('countries.add')}
        </Button>
      </form>
      <FailureLine result={changing.data} />
      <MetaLists metaLists={metaLists} />
    </details>
  )
}

/** Meta's own lists, newest first: an older one explains why a number was refused then. */
function MetaLists({ metaLists }: Pick<PreflightAnswer, 'metaLists'>): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  return (
    <dl className="mt-2" data-testid="meta-countries">
      <dt className="font-medium">{t('countries.metaTitle')}</dt>
      {metaLists.toReversed().map(({ from, callingCodes }) => (
        <dd key={from} className="text-ink-2">
          {t('countries.metaFrom', {
            day: formats.day(Date.parse(from), nowMs),
            count: callingCodes.length,
            codes: callingCodes.map((code) => isolatedNumber(`+${code}`)).join(', '),
          })}
        </dd>
      ))}
    </dl>
  )
}
