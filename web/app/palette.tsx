import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { CornerDownLeft } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { contactName } from '../../contract/conversation.ts'
import { readSync } from '../sync/browser.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Sheet } from '../ui/overlay.tsx'
import { PersonName } from '../ui/person-name.tsx'
import { type Command, runCommand } from './commands.ts'
import { type MessageKey, useT } from './language.ts'
import { hideOverlay } from './overlays.ts'
import { findConversations, folded } from './palette-entries.ts'
import { setPreference, usePreferences } from './preferences.ts'
import { useFormats } from './use-formats.ts'

interface Entry {
  readonly key: string
  readonly label: string
  readonly note: string
  readonly seed?: string
  run(): void
}

const ACTIONS: readonly (readonly [Command, MessageKey])[] = [
  ['go.all', 'keys.goAll'],
  ['go.unread', 'keys.goUnread'],
  ['go.contacts', 'keys.goContacts'],
  ['go.numbers', 'keys.goNumbers'],
  ['go.templates', 'keys.goTemplates'],
  ['go.costs', 'keys.goCosts'],
  ['go.playbooks', 'keys.goPlaybooks'],
  ['go.unrecognised', 'keys.goUnrecognised'],
  ['go.settings', 'keys.goSettings'],
]

/** Jumps to a conversation or does an action by typing a part of its name. */
export default function Palette(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(typed)
  const known = Object.keys(readSync().inbox?.conversations ?? {}).length

  function onKey(event: KeyboardEvent): void {
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((now) => (now + step + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(entries[at])
    else return
    event.preventDefault()
  }

  return (
    <Sheet title={t('palette.title')} closeLabel={t('ui.close')} onClose={hideOverlay} focusFirst={field}>
      <div className="sticky top-0 bg-surface px-3 pt-3 pb-2">
        <input
          ref={field}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${at}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          dir={typed === '' ? undefined : 'auto'}
          value={typed}
          onKeyDown={onKey}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          className="w-full rounded-sm border border-line-strong bg-surface-2 px-3 py-2 text-lg placeholder:text-ink-3"
        />
      </div>
      <div role="listbox" id={listId} aria-label={t('palette.results')} className="px-2 pb-2">
        {entries.map((entry, index) => (
          <Option
            key={entry.key}
            id={`${listId}-${index}`}
            entry={entry}
            chosen={index === at}
            onPoint={() => setAt(index)}
            onKey={onKey}
          />
        ))}
      </div>
      <p className="border-t border-line px-5 py-2.5 text-sm text-ink-3" role="status">
        {entries.length === 0
          ? t('palette.nothing')
          : t('palette.reach', { count: known, shown: formats.number(known) })}
      </p>
    </Sheet>
  )
}

interface OptionProps {
  readonly id: string
  readonly entry: Entry
  readonly chosen: boolean
  readonly onPoint: () => void
  readonly onKey: (event: KeyboardEvent) => void
}

function Option({ id, entry, chosen, onPoint, onKey }: OptionProps): ReactNode {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      ref={chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
      onPointerMove={onPoint}
      onClick={() => choose(entry)}
      onKeyDown={onKey}
      className={clsx('flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3', chosen && 'bg-selected')}
    >
      {entry.seed !== undefined && <Avatar name={entry.label} seed={entry.seed} small />}
      <PersonName name={entry.label} className="flex-1" />
      <span className="text-sm text-ink-3">{entry.note}</span>
      {chosen && <CornerDownLeft aria-hidden="true" className="turns size-4 text-ink-3" />}
    </div>
  )
}

function choose(entry: Entry | undefined): void {
  if (entry === undefined) return
  hideOverlay()
  entry.run()
}

function useEntries(typed: string): readonly Entry[] {
  const t = useT()
  const navigate = useNavigate()
  const language = usePreferences((preferences) => preferences.language)
  return useMemo(() => {
    const actions: Entry[] = ACTIONS.map(([command, words]) => ({
      key: command,
      label: t(words),
      note: t('palette.action'),
      run: () => void runCommand(command),
    }))
    actions.push({
      key: 'language',
      label: t('palette.otherLanguage'),
      note: t('palette.action'),
      run: () => setPreference('language', language === 'ar' ? 'en' : 'ar'),
    })
    const { inbox, order } = readSync()
    const known = order.flatMap((id) => inbox?.conversations[id] ?? [])
    const conversations: Entry[] = findConversations(known, typed).map((conversation) => ({
      key: conversation.id,
      label: contactName(conversation.contact),
      note: t('palette.conversation'),
      seed: conversation.contact.id,
      run: () =>
        void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: conversation.id } }),
    }))
    const wanted = folded(typed)
    const fitting = actions.filter((action) => folded(action.label).includes(wanted))
    return wanted === '' ? [...conversations.slice(0, 6), ...fitting] : [...conversations, ...fitting]
  }, [typed, t, navigate, language])
}
