import type { ReactNode } from 'react'
import type { MetaTemplate, Template } from '../../../contract/api/templates.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { categoryWords, qualityWords, rejectionWords } from './words.ts'

/** What Meta says about the template, and what that means: pauses, categories, quality. */
export function MetaFacts({ template }: { readonly template: Template }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { meta, wording } = template
  if (meta === null) return null
  const quality = qualityWords(meta.quality)
  return (
    <Section title={t('template.meta')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className="text-ink-2">{t('template.category')}</dt>
        <dd>{categoryWords(t, meta.category)}</dd>
        <dt className="text-ink-2">{t('template.quality')}</dt>
        <dd>{t(quality ?? 'template.quality.unknown')}</dd>
        <dt className="text-ink-2">{t('template.asked')}</dt>
        <dd>{formats.moment(meta.syncedAtMs)}</dd>
      </dl>
      {meta.category !== wording.category && (
        <p className="mt-3 border-s-3 border-phone bg-phone-soft px-3 py-2 text-phone">
          {t('template.categoryChanged', {
            before: categoryWords(t, wording.category),
            now: categoryWords(t, meta.category),
          })}
        </p>
      )}
      <CategoryComes meta={meta} />
      <Reason meta={meta} />
    </Section>
  )
}

/** A change that Meta announced: it costs something, and it can be objected to. */
function CategoryComes({ meta }: { readonly meta: MetaTemplate }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const next = meta.nextCategory
  if (next === null) return null
  const category = categoryWords(t, next.category)
  return (
    <p className="mt-3 border-s-3 border-phone bg-phone-soft px-3 py-2 text-phone" data-testid="category-comes">
      {next.atMs === null
        ? t('template.categoryComes', { category })
        : t('template.categoryComesAt', { category, time: formats.moment(next.atMs) })}{' '}
      {t('template.categoryLead')}
    </p>
  )
}

function Reason({ meta }: { readonly meta: MetaTemplate }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const why = rejectionWords(meta.reason)
  const { note } = meta
  if (why === null && note === null && meta.reason === null) return null
  return (
    <div className="mt-3 border-s-3 border-danger bg-danger-soft px-3 py-2">
      {meta.reason !== null && <p>{why === null ? meta.reason : t(why)}</p>}
      {note?.title === 'FIRST_PAUSE' && <p>{t('template.pause.first')}</p>}
      {note?.title === 'SECOND_PAUSE' && <p>{t('template.pause.second')}</p>}
      {note?.words !== null && note?.words !== undefined && (
        <p className="text-sm text-ink-2">
          {t('template.metaSays')} <bdi>{note.words}</bdi>
        </p>
      )}
      {note?.atMs !== null && note?.atMs !== undefined && (
        <p className="text-sm text-ink-3">{formats.moment(note.atMs)}</p>
      )}
    </div>
  )
}
