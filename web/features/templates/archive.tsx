import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import type { Template } from '../../../contract/api/templates.ts'
import { archiveEndMs, mayArchive } from '../../../contract/template-standing.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { showToast } from '../../app/toast.ts'
import { useFormats } from '../../app/use-formats.ts'
import { post, type Result } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { MetaWords } from './meta-words.tsx'
import { useStep } from './templates-query.ts'

/** Only an owner archives: WhatsApp deletes what is archived. */
function useMayArchive(): boolean {
  return useSync((state) => state.session?.me?.role === 'owner')
}

/** Puts a template into WhatsApp's archive, with the way back; nothing where it cannot be done. */
export function ArchiveButton({ template }: { readonly template: Template }): ReactNode {
  const t = useT()
  const lead = useId()
  const queries = useQueryClient()
  const mayDo = useMayArchive()
  const taking = useStep(template.id)
  const { id, version, meta, standing } = template
  async function undo(): Promise<Result<unknown>> {
    const undone = await post<unknown>(`/templates/${id}/steps`, { step: 'unarchive', version })
    await queries.invalidateQueries({ queryKey: ['templates'] })
    return undone
  }
  if (!mayDo || standing === 'put_away' || !mayArchive(meta?.status ?? null)) return null
  return (
    <div className="flex flex-wrap items-center gap-2 text-ink-2">
      <Button
        disabled={taking.isPending}
        aria-describedby={lead}
        onClick={() =>
          taking.mutate(
            { step: 'archive', version },
            {
              onSuccess: (answer) => {
                if (answer.ok)
                  showToast({
                    done: 'template.archivedNow',
                    undone: 'template.unarchivedNow',
                    undo,
                  })
              },
            },
          )
        }
      >
        {t('template.archive')}
      </Button>
      <span id={lead}>{t('template.archiveLead')}</span>
      <Failed result={taking.data} />
    </div>
  )
}

/** Until when an archived template can be had back, and the way there for an owner. */
export function Archived({ template }: { readonly template: Template }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const mayDo = useMayArchive()
  const taking = useStep(template.id)
  const { id, version, name, meta, standing } = template
  if (standing !== 'archived') return null
  const endMs = archiveEndMs(meta?.archive?.atMs ?? null)
  return (
    <div className="flex flex-wrap items-center gap-3" data-testid="archived">
      <p className="text-ink-2">
        {endMs === null ? t('template.archiveEnds') : t('template.archiveEndsAt', { time: formats.moment(endMs) })}
      </p>
      {mayDo ? (
        <Button
          aria-label={t('template.unarchiveOne', { name })}
          disabled={taking.isPending}
          onClick={() => taking.mutate({ step: 'unarchive', version })}
          data-archive-of={id}
        >
          {t('template.unarchive')}
        </Button>
      ) : (
        <p className="text-ink-2">{t('template.archiveOwner')}</p>
      )}
      <Failed result={taking.data} />
    </div>
  )
}

function Failed({ result }: { readonly result: Result<unknown> | undefined }): ReactNode {
  const t = useT()
  if (result === undefined || result.ok) return null
  return (
    <p role="alert" className="w-full text-danger">
      {failureWords(t, result.failure)} <MetaWords failure={result.failure} />
    </p>
  )
}
