import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { AGENT_NAME_LENGTH_MAX, type RenameContactBody } from '../../../contract/api/contacts.ts'
import type { Contact } from '../../../contract/conversation.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Button, iconButtonClass } from '../../ui/button.tsx'
import { CONTACTS } from './contact-queries.ts'

/** The name that the team gives a customer, to be changed in its place; what was just done can be undone. */
export function AgentNameEditor({ contact }: { readonly contact: Pick<Contact, 'id' | 'agentName'> }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const renaming = useMutation({
    mutationFn: (body: RenameContactBody) => post<undefined>(`/contacts/${contact.id}/name`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: CONTACTS }),
  })
  const close = () => {
    setEditing(false)
    // Back to where the keyboard was, once the button is there again.
    requestAnimationFrame(() => opener.current?.focus())
  }
  const done = renaming.data?.ok === true && !renaming.isPending ? renaming.variables : undefined
  return (
    <div className="min-w-0">
      {editing ? (
        <NameForm
          name={contact.agentName ?? ''}
          onCancel={close}
          onSave={(name) => {
            if (name !== contact.agentName) renaming.mutate({ name, was: contact.agentName })
            close()
          }}
        />
      ) : (
        <p className="flex items-center gap-1">
          {contact.agentName === null ? (
            <span className="text-ink-3">{t('contact.noAgentName')}</span>
          ) : (
            <bdi className="min-w-0 [overflow-wrap:anywhere]">{contact.agentName}</bdi>
          )}
          <button
            ref={opener}
            type="button"
            aria-label={t('contact.editName')}
            title={t('contact.editName')}
            className={iconButtonClass()}
            disabled={renaming.isPending}
            onClick={() => {
              renaming.reset()
              setEditing(true)
            }}
          >
            <Pencil aria-hidden="true" className="size-3.5" />
          </button>
        </p>
      )}
      <p role="status" className="text-sm text-agent empty:hidden">
        {done !== undefined && !editing && (
          <>
            {done.name === null ? t('contact.nameTaken') : t('contact.nameSaved')}{' '}
            <Button look="ghost" onClick={() => renaming.mutate({ name: done.was, was: done.name })}>
              {t('contact.undo')}
            </Button>
          </>
        )}
      </p>
      {renaming.data?.ok === false && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, renaming.data.failure)}
        </p>
      )}
    </div>
  )
}

function NameForm({
  name,
  onSave,
  onCancel,
}: {
  readonly name: string
  readonly onSave: (name: string | null) => void
  readonly onCancel: () => void
}): ReactNode {
  const t = useT()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(name)
  useEffect(() => field.current?.select(), [])
  return (
    <form
      className="flex flex-wrap items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        const trimmed = typed.trim()
        onSave(trimmed === '' ? null : trimmed)
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('contact.agentName')}
      </label>
      <input
        ref={field}
        id={id}
        dir="auto"
        value={typed}
        maxLength={AGENT_NAME_LENGTH_MAX}
        placeholder={t('contact.agentNameHint')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onCancel()
        }}
        className="min-h-8 min-w-0 flex-1 basis-40 rounded-sm border border-line-strong bg-surface px-2 phone:min-h-11"
      />
      <Button look="primary" type="submit">
        {t('contact.save')}
      </Button>
      <Button look="ghost" onClick={onCancel}>
        {t('contact.cancel')}
      </Button>
    </form>
  )
}
