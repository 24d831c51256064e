import { Check, Upload } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { SAMPLE_TYPES } from '../../../contract/api/templates.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import type { Failure } from '../../sync/api.ts'
import { ProgressBar } from '../../ui/states.tsx'
import { uploadFile } from './upload-file.ts'

/** Chooses a file for a header; it is kept by Wasl at once, with progress, and `onKept` gets its id. */
export function SampleField({
  label,
  format,
  kept,
  onKept,
}: {
  readonly label: string
  readonly format: string
  readonly kept: boolean
  readonly onKept: (sampleId: string) => void
}): ReactNode {
  const t = useT()
  const id = useId()
  const [percent, setPercent] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const types = Object.entries(SAMPLE_TYPES).filter(([, type]) => type.format === format)

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return
    setFailure(null)
    setPercent(0)
    const answer = await uploadFile(file, setPercent)
    setPercent(null)
    if (answer.ok) onKept(answer.value.id)
    else setFailure(answer.failure)
  }

  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <p className="flex flex-wrap items-center gap-3">
        <input
          id={id}
          type="file"
          accept={types.map(([mimeType]) => mimeType).join(',')}
          onChange={(event) => void choose(event.target.files?.[0])}
          className="max-w-full text-sm file:me-3 file:min-h-9 file:rounded-sm file:border file:border-line-strong file:bg-surface file:px-2.5 file:text-ink-2"
        />
        {kept && percent === null && (
          <span className="inline-flex items-center gap-1 text-sm text-ok" role="status" data-testid="sample-kept">
            <Check aria-hidden="true" className="size-4" />
            {t('template.fileKept')}
          </span>
        )}
        {!kept && percent === null && <Upload aria-hidden="true" className="size-4 text-ink-3" />}
      </p>
      {percent !== null && <ProgressBar label={t('template.uploading')} percent={percent} />}
      {failure !== null && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {failureWords(t, failure)}
        </p>
      )}
    </div>
  )
}
