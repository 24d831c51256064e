import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import {
  ASK_AFTER_MINUTES_MAX,
  type SendSettingAnswer,
  saveSendSettingBody,
  UNDO_SECONDS_MAX,
} from '../../../contract/api/sending.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { SaveLine } from '../../ui/save-line.tsx'

/** How long a message can be taken back, and when a person is asked about one in doubt. Only an owner changes it. */
export function SendingSection(): ReactNode {
  const t = useT()
  const answer = useQuery({ queryKey: ['send-setting'], queryFn: () => get<SendSettingAnswer>('/send-setting') }).data
  if (answer === undefined) return null
  return (
    <Section title={t('sendSetting.title')} lead={t('sendSetting.lead')}>
      {answer.ok ? (
        <Form stored={answer.value} />
      ) : (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
    </Section>
  )
}

/** What is typed, before it is a number: an emptied field is no nought. */
interface Draft {
  readonly undoSeconds: string
  readonly askAfterMinutes: string
}

function Form({ stored }: { readonly stored: SendSettingAnswer }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const isOwner = useSync((state) => state.session?.me?.role === 'owner')
  const [draft, setDraft] = useState<Draft>(() => draftOf(stored))
  const saving = useMutation({
    mutationFn: (setting: SendSettingAnswer) => post<undefined>('/send-setting', setting),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['send-setting'] }),
  })
  const { setting, faulty } = read(draft)
  const change = (more: Partial<Draft>) => {
    saving.reset()
    setDraft({ ...draft, ...more })
  }
  return (
    <form
      className="flex flex-col gap-3"
      // The faults are said below the fields, in the page's language.
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (setting !== null) saving.mutate(setting)
      }}
    >
      <TextField
        className="max-w-md"
        label={t('sendSetting.undo')}
        hint={t('sendSetting.undoHint')}
        fault={faulty.has('undoSeconds') ? t('sendSetting.undoFault', { most: UNDO_SECONDS_MAX }) : null}
        type="number"
        min={0}
        max={UNDO_SECONDS_MAX}
        readOnly={!isOwner}
        value={draft.undoSeconds}
        onChange={(undoSeconds) => change({ undoSeconds })}
      />
      <TextField
        className="max-w-md"
        label={t('sendSetting.ask')}
        hint={t('sendSetting.askHint')}
        fault={faulty.has('askAfterMinutes') ? t('sendSetting.askFault', { most: ASK_AFTER_MINUTES_MAX }) : null}
        type="number"
        min={1}
        max={ASK_AFTER_MINUTES_MAX}
        readOnly={!isOwner}
        value={draft.askAfterMinutes}
        onChange={(askAfterMinutes) => change({ askAfterMinutes })}
      />
      {isOwner ? (
        <SaveLine
          label={t('sendSetting.save')}
          busy={saving.isPending || setting === null}
          saved={saving.data?.ok === true ? t('sendSetting.saved') : ''}
          failure={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
        />
      ) : (
        <p className="text-sm text-ink-3">{t('profile.ownerOnly')}</p>
      )}
    </form>
  )
}

function draftOf({ undoSeconds, askAfterMinutes }: SendSettingAnswer): Draft {
  return { undoSeconds: String(undoSeconds), askAfterMinutes: String(askAfterMinutes) }
}

/** The setting that was typed, or which fields are not within the contract's limits. */
function read(draft: Draft): { readonly setting: SendSettingAnswer | null; readonly faulty: ReadonlySet<unknown> } {
  const { success, data, error } = saveSendSettingBody.safeParse({
    undoSeconds: figure(draft.undoSeconds),
    askAfterMinutes: figure(draft.askAfterMinutes),
  })
  if (success) return { setting: data, faulty: new Set() }
  return { setting: null, faulty: new Set(error.issues.map(({ path }) => path[0])) }
}

function figure(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
