import type { ReactNode } from 'react'
import type { MetaTemplate, Template } from '../../../contract/api/templates.ts'
import type { CategoryChange } from '../../../contract/template-standing.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { CategoryComes, CategoryPrices } from './category-comes.tsx'
import { categoryWords, qualityWords, rejectionWords } from './words.ts'

/** Where Meta shows the templates of an account, and takes objections. */
const MANAGER = 'https://business.facebook.com/wa/manage/message-templates/'
const APPEALABLE: readonly string[] = ['REJECTED', 'DISABLED']

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
      {meta.nextCategory !== null && <Announced template={template} next={meta.nextCategory} />}
      <Reason meta={meta} />
      <Appeal meta={meta} wording={wording} />
    </Section>
  )
}

/** A change that Meta announced: it costs something, and it can be objected to. */
function Announced({ template, next }: { readonly template: Template; readonly next: CategoryChange }): ReactNode {
  const t = useT()
  return (
    <p className="mt-3 border-s-3 border-phone bg-phone-soft px-3 py-2 text-phone" data-testid="category-comes">
      <CategoryComes next={next} /> {t('template.categoryLead')} <CategoryPrices template={template} next={next} />
    </p>
  )
}

/** Meta takes objections in its own pages alone: no call for them is published. */
function Appeal({ meta, wording }: { readonly meta: MetaTemplate; readonly wording: Template['wording'] }): ReactNode {
  const t = useT()
  const isOther = meta.category !== wording.category || meta.nextCategory !== null
  if (!isOther && !APPEALABLE.includes(meta.status)) return null
  return (
    <p className="mt-3 flex flex-wrap gap-x-3 text-sm text-ink-2" data-testid="appeal">
      {t('template.appealLead')}
      <a href={MANAGER} target="_blank" rel="noreferrer" className="underline">
        {t('template.appeal')}
      </a>
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
