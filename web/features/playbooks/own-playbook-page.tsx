import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Pencil, Trash2, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Playbook } from '../../../contract/api/playbooks.ts'
import { NotFound } from '../../app/broken.tsx'
import { failureWords } from '../../app/failure-words.ts'
import { isolated, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { MarkdownText } from '../../ui/markdown.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { OWN_PLAYBOOKS } from './own-playbooks.ts'
import { PlaybookEditor } from './playbook-editor.tsx'
import { PlaybookFrame } from './playbook-frame.tsx'

/** A page of the firm's own: read, written anew, removed, brought back. */
export function OwnPlaybookPage(): ReactNode {
  const t = useT()
  const id = useParams({ strict: false, select: (params) => params.playbookId })
  const answer = useQuery(OWN_PLAYBOOKS).data
  const [removed, setRemoved] = useState<Playbook | null>(null)
  if (answer === undefined) return <PlaybookFrame title="">{<Skeleton className="h-64 w-full" />}</PlaybookFrame>
  if (!answer.ok) {
    return (
      <PlaybookFrame title={t('playbooks.own')}>
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      </PlaybookFrame>
    )
  }
  const page = answer.value.playbooks.find((known) => known.id === id) ?? removed
  if (page === null || page === undefined) return <NotFound />
  return <Shown key={page.id} page={page} isRemoved={removed !== null} onRemoved={setRemoved} />
}

function Shown({
  page,
  isRemoved,
  onRemoved,
}: {
  readonly page: Playbook
  readonly isRemoved: boolean
  readonly onRemoved: (page: Playbook | null) => void
}): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const removal = useMutation({
    mutationFn: (removed: boolean) => post<undefined>(`/playbooks/${page.id}/removal`, { removed }),
    onSuccess: async (answer, removed) => {
      if (!answer.ok) return
      onRemoved(removed ? page : null)
      await queries.invalidateQueries(OWN_PLAYBOOKS)
    },
  })
  if (editing) {
    return (
      <PlaybookFrame title={t('playbook.edit')}>
        <PlaybookEditor page={page} onDone={() => setEditing(false)} />
      </PlaybookFrame>
    )
  }
  const acts = (
    <>
      <Button onClick={() => setEditing(true)}>
        <Pencil aria-hidden="true" className="size-4" />
        {t('playbook.edit')}
      </Button>
      <Button look="danger" disabled={removal.isPending} onClick={() => removal.mutate(true)}>
        <Trash2 aria-hidden="true" className="size-4" />
        {t('playbook.remove')}
      </Button>
    </>
  )
  return (
    <PlaybookFrame title={page.title} acts={isRemoved ? null : acts}>
      {isRemoved && (
        <p role="status" className="flex flex-wrap items-center gap-3 rounded-md bg-hover px-4 py-2.5">
          {t('playbook.removed')}
          <Button disabled={removal.isPending} onClick={() => removal.mutate(false)}>
            <Undo2 aria-hidden="true" className="turns size-4" />
            {t('playbook.undo')}
          </Button>
        </p>
      )}
      {removal.data?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, removal.data.failure)}
        </p>
      )}
      {!isRemoved && <MarkdownText text={page.body} />}
      <WrittenBy page={page} />
    </PlaybookFrame>
  )
}

function WrittenBy({ page }: { readonly page: Playbook }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const name = useSync((state) => state.session?.members.find(({ id }) => id === page.memberId)?.name ?? '')
  return (
    <p className="text-sm text-ink-3">
      {t('playbook.writtenBy', { name: isolated(name), time: formats.moment(page.writtenAtMs) })}
    </p>
  )
}
