import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FilePlus2, LayoutTemplate, RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Template, TemplateAccount, TemplatesAnswer } from '../../../contract/api/templates.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { useFormats } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { Archived } from './archive.tsx'
import { CategoryComes } from './category-comes.tsx'
import { languageName } from './languages.ts'
import { matchesSearch } from './offer-templates.ts'
import { ReviewSettings } from './review-settings.tsx'
import { StandingChip } from './standing-chip.tsx'
import { TEMPLATES } from './templates-query.ts'
import { categoryWords, qualityWords, REVIEW_WORDS } from './words.ts'

/** Every template, where it stands, and what Meta thinks of it. */
export function TemplatesPage(): ReactNode {
  const t = useT()
  const answer = useQuery(TEMPLATES).data
  return (
    <Page title={t('templates.title')} lead={t('templates.lead')} menu={<MenuButton />}>
      {answer === undefined && <Skeleton className="h-40" />}
      {answer?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer?.ok === true && <Shown answer={answer.value} />}
    </Page>
  )
}

function Shown({ answer }: { readonly answer: TemplatesAnswer }): ReactNode {
  const t = useT()
  if (answer.accounts.length === 0 && answer.templates.length === 0) {
    return (
      <Empty icon={<LayoutTemplate aria-hidden="true" />} title={t('templates.noNumber')}>
        {t('templates.noNumberLead')}
      </Empty>
    )
  }
  return (
    <>
      <Accounts accounts={answer.accounts} />
      <List templates={answer.templates} />
      <ArchiveList templates={answer.templates} />
      <ReviewSettings key={`${answer.terms.reviewDays} ${answer.terms.graceDays}`} terms={answer.terms} />
    </>
  )
}

/** When Meta was last asked; an account that never was is asked now. */
function Accounts({ accounts }: { readonly accounts: readonly TemplateAccount[] }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const queries = useQueryClient()
  const asking = useMutation({
    mutationFn: (wabaIds: readonly string[]) =>
      Promise.all(wabaIds.map((wabaId) => post<undefined>('/templates/sync', { wabaId }))),
    onSettled: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  })
  const never = accounts.filter(({ syncedAtMs }) => syncedAtMs === null).map(({ wabaId }) => wabaId)
  const asked = useRef(false)
  const { mutate } = asking
  useEffect(() => {
    if (never.length === 0 || asked.current) return
    asked.current = true
    mutate(never)
  }, [never, mutate])
  const failed = asking.data?.find((one) => !one.ok)
  const newest = Math.max(...accounts.map(({ syncedAtMs }) => syncedAtMs ?? 0))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link to="/templates/new" className={buttonClass('primary')}>
        <FilePlus2 aria-hidden="true" className="size-4" />
        {t('templates.new')}
      </Link>
      <Button disabled={asking.isPending} onClick={() => asking.mutate(accounts.map(({ wabaId }) => wabaId))}>
        <RefreshCw aria-hidden="true" className="size-4" />
        {t('templates.refresh')}
      </Button>
      <p role="status" className="text-sm text-ink-3">
        {asking.isPending
          ? t('templates.asking')
          : newest > 0 && t('templates.askedAt', { time: formats.moment(newest) })}
      </p>
      {failed?.ok === false && (
        <p role="alert" className="w-full text-sm text-danger">
          {failureWords(t, failed.failure)}
        </p>
      )}
      {accounts
        .filter(({ problem }) => problem !== null)
        .map(({ wabaId, problem }) => (
          <p key={wabaId} role="alert" className="w-full text-sm text-danger">
            {t('templates.problem', { reason: problem ?? '' })}
          </p>
        ))}
    </div>
  )
}

function List({ templates }: { readonly templates: readonly Template[] }): ReactNode {
  const t = useT()
  const [search, setSearch] = useState('')
  const [putAway, setPutAway] = useState(false)
  const found = templates.filter(
    (template) =>
      template.standing !== 'archived' &&
      (putAway || template.standing !== 'put_away') &&
      matchesSearch(template, search),
  )
  return (
    <Section title={t('templates.all')}>
      <div className="my-3 flex flex-wrap items-center gap-3">
        <SearchField label={t('templates.search')} value={search} onChange={setSearch} />
        <label className="flex items-center gap-2 text-sm phone:min-h-11">
          <input type="checkbox" checked={putAway} onChange={(event) => setPutAway(event.target.checked)} />
          {t('templates.showPutAway')}
        </label>
      </div>
      {found.length === 0 && (
        <p className="text-sm text-ink-3">{t(templates.length === 0 ? 'templates.none' : 'templates.noneFound')}</p>
      )}
      <ul className="-mx-2" data-testid="templates">
        {found.map((template) => (
          <li key={template.id}>
            <Line template={template} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What WhatsApp has in its archive, the one that is deleted next first. */
function ArchiveList({ templates }: { readonly templates: readonly Template[] }): ReactNode {
  const t = useT()
  const sinceMs = ({ meta }: Template) => meta?.archive?.atMs ?? 0
  const archived = templates
    .filter(({ standing }) => standing === 'archived')
    .toSorted((a, b) => sinceMs(a) - sinceMs(b))
  if (archived.length === 0) return null
  return (
    <Section title={t('templates.archive')} lead={t('templates.archiveLead')}>
      <ul className="-mx-2" data-testid="templates-archived">
        {archived.map((template) => (
          <li key={template.id} className="border-t border-line py-1 first:border-t-0">
            <Line template={template} />
            <div className="px-2 pb-2 text-sm">
              <Archived template={template} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Line({ template }: { readonly template: Template }): ReactNode {
  const t = useT()
  const reader = usePreferences((preferences) => preferences.language)
  const { id, name, language, wording, meta, review, standing } = template
  const quality = qualityWords(meta?.quality ?? null)
  const next = meta?.nextCategory ?? null
  return (
    <Link
      to="/templates/$templateId"
      params={{ templateId: id }}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-sm px-2 py-2.5 text-ink no-underline hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <bdi>{name}</bdi>
        </span>
        <span className="block text-sm text-ink-2">
          {[languageName(language, reader), categoryWords(t, meta?.category ?? wording.category)].join(' · ')}
          {quality !== null && meta?.quality !== 'GREEN' && ` · ${t('template.qualityIs', { quality: t(quality) })}`}
        </span>
        {next !== null && (
          <span className="block text-sm text-phone">
            <CategoryComes next={next} />
          </span>
        )}
      </span>
      {review !== 'submitted' && (
        <span className="rounded-full border border-line px-2.5 text-sm leading-5.5 text-ink-2">
          {t(REVIEW_WORDS[review])}
        </span>
      )}
      {!(standing === 'unsubmitted' && review !== 'submitted') && <StandingChip standing={standing} />}
    </Link>
  )
}
