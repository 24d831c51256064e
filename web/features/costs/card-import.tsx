import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import {
  type CardImportBody,
  type CardPreview,
  CSV_CHARS_MAX,
  FILE_NAME_MAX,
} from '../../../contract/api/rate-cards.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { CardChanges } from './card-changes.tsx'

/** A character may take four bytes. */
const BYTES_MAX = 4 * CSV_CHARS_MAX

interface Chosen {
  readonly list: File | null
  readonly tiers: File | null
  readonly day: string
}

/** Chooses Meta's files and their first day, shows what they would change, and takes them. */
export function CardImport({ onEnd }: { readonly onEnd: () => void }): ReactNode {
  const t = useT()
  const [chosen, setChosen] = useState<Chosen>({ list: null, tiers: null, day: '' })
  const { previewing, taking, reset } = useImport(chosen, onEnd)
  const choose = (change: Partial<Chosen>) => {
    setChosen({ ...chosen, ...change })
    reset()
  }
  const preview = previewing.data?.ok === true ? previewing.data.value : null
  const { list, tiers } = chosen
  const tooLarge = [list, tiers].some((file) => file !== null && file.size > BYTES_MAX)
  return (
    <form
      className="mt-4 flex flex-col gap-3 border-t border-line pt-4"
      aria-label={t('costs.importCard')}
      onSubmit={(event) => {
        event.preventDefault()
        previewing.mutate()
      }}
    >
      <p className="text-sm text-ink-2">{t('costs.importLead')}</p>
      <div className="flex flex-wrap gap-4">
        <FileField label={t('costs.listFile')} onChoose={(file) => choose({ list: file })} />
        <FileField label={t('costs.tierFile')} onChoose={(file) => choose({ tiers: file })} />
        <TextField
          label={t('costs.firstDay')}
          type="date"
          required
          value={chosen.day}
          onChange={(day) => choose({ day })}
        />
      </div>
      {tooLarge && <Fault>{t('error.too_large')}</Fault>}
      {[previewing.data, taking.data].map(
        (answer) => answer?.ok === false && <Fault key="refused">{failureWords(t, answer.failure)}</Fault>,
      )}
      {preview !== null && <CardChanges preview={preview} />}
      <p className="flex flex-wrap gap-2">
        {preview?.faultsTotal === 0 ? (
          <Button look="primary" disabled={taking.isPending} onClick={() => taking.mutate()}>
            {t('costs.takeCard')}
          </Button>
        ) : (
          <Button look="primary" type="submit" disabled={tooLarge || (list ?? tiers) === null || previewing.isPending}>
            {t('costs.showChanges')}
          </Button>
        )}
        <Button onClick={onEnd}>{t('costs.cancelImport')}</Button>
      </p>
    </form>
  )
}

/** Asking what the files would change, and taking them. */
function useImport(chosen: Chosen, onTaken: () => void) {
  const queries = useQueryClient()
  const previewing = useMutation({
    mutationFn: async () => post<CardPreview>('/costs/cards/preview', await bodyOf(chosen)),
  })
  const taking = useMutation({
    mutationFn: async () => post<{ id: string }>('/costs/cards', await bodyOf(chosen)),
    onSuccess: async (answer) => {
      if (!answer.ok) return
      onTaken()
      await queries.invalidateQueries({ queryKey: ['costs'] })
    },
  })
  const reset = () => {
    previewing.reset()
    taking.reset()
  }
  return { previewing, taking, reset }
}

function Fault({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <p role="alert" className="text-sm text-danger">
      {children}
    </p>
  )
}

function FileField(props: { readonly label: string; readonly onChoose: (file: File | null) => void }): ReactNode {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {props.label}
      </label>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,text/csv"
        onChange={(event) => props.onChoose(event.target.files?.[0] ?? null)}
        className="max-w-full text-sm file:me-3 file:min-h-9 file:rounded-sm file:border file:border-line-strong file:bg-surface file:px-2.5 file:text-ink-2"
      />
    </div>
  )
}

async function bodyOf({ list, tiers, day }: Chosen): Promise<CardImportBody> {
  const fileName = (list ?? tiers)?.name.slice(0, FILE_NAME_MAX) ?? ''
  return {
    ...{ fileName, effectiveFrom: day },
    ...(list === null ? {} : { csv: await list.text() }),
    ...(tiers === null ? {} : { tiersCsv: await tiers.text() }),
  }
}
