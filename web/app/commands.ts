import { useEffect } from 'react'
import type { MessageKey } from './language.ts'

/** What keys and the palette can ask for. A command works while the part of the page that carries it out is there. */
export type Command =
  | 'list.next'
  | 'list.previous'
  | 'composer.focus'
  | 'thread.leave'
  | 'palette'
  | 'help'
  | 'go.all'
  | 'go.unread'
  | 'go.contacts'
  | 'go.numbers'
  | 'go.templates'
  | 'go.costs'
  | 'go.playbooks'
  | 'go.unrecognised'
  | 'go.settings'

/** A key by its place on the keyboard (`event.code`), so that it works whatever alphabet is chosen. */
export interface KeyBinding {
  readonly command: Command
  readonly code: string
  /** Pressed before it, within a moment. */
  readonly after?: string
  readonly shift?: boolean
  readonly control?: boolean
  /** What stands on the key, for the help sheet. */
  readonly shown: readonly string[]
  readonly words: MessageKey
}

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { command: 'list.next', code: 'KeyJ', shown: ['J'], words: 'keys.next' },
  { command: 'list.previous', code: 'KeyK', shown: ['K'], words: 'keys.previous' },
  { command: 'composer.focus', code: 'KeyR', shown: ['R'], words: 'keys.reply' },
  { command: 'thread.leave', code: 'Escape', shown: ['Esc'], words: 'keys.leave' },
  { command: 'palette', code: 'Slash', shown: ['/'], words: 'keys.palette' },
  { command: 'palette', code: 'KeyK', control: true, shown: ['Ctrl', 'K'], words: 'keys.palette' },
  { command: 'go.all', code: 'KeyA', after: 'KeyG', shown: ['G', 'A'], words: 'keys.goAll' },
  { command: 'go.unread', code: 'KeyU', after: 'KeyG', shown: ['G', 'U'], words: 'keys.goUnread' },
  { command: 'go.contacts', code: 'KeyC', after: 'KeyG', shown: ['G', 'C'], words: 'keys.goContacts' },
  { command: 'go.numbers', code: 'KeyN', after: 'KeyG', shown: ['G', 'N'], words: 'keys.goNumbers' },
  { command: 'go.templates', code: 'KeyT', after: 'KeyG', shown: ['G', 'T'], words: 'keys.goTemplates' },
  { command: 'go.costs', code: 'KeyC', after: 'KeyG', shown: ['G', 'C'], words: 'keys.goCosts' },
  { command: 'go.playbooks', code: 'KeyP', after: 'KeyG', shown: ['G', 'P'], words: 'keys.goPlaybooks' },
  { command: 'go.unrecognised', code: 'KeyX', after: 'KeyG', shown: ['G', 'X'], words: 'keys.goUnrecognised' },
  { command: 'go.settings', code: 'KeyS', after: 'KeyG', shown: ['G', 'S'], words: 'keys.goSettings' },
  { command: 'help', code: 'Slash', shift: true, shown: ['?'], words: 'keys.help' },
]

const doers = new Map<Command, () => void>()

/** Carries a command out while this component is shown; the one mounted last wins. */
export function useCommand(command: Command, run: () => void): void {
  useEffect(() => {
    const before = doers.get(command)
    doers.set(command, run)
    return () => {
      if (doers.get(command) !== run) return
      if (before === undefined) doers.delete(command)
      else doers.set(command, before)
    }
  }, [command, run])
}

/** True when somebody carried it out. */
export function runCommand(command: Command): boolean {
  const run = doers.get(command)
  run?.()
  return run !== undefined
}
