import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { KEY_BINDINGS, runCommand, useCommand } from './commands.ts'
import { matchKey, type Pressed } from './key-match.ts'
import { showOverlay } from './overlays.ts'

/** Listens to the keys of the whole page, and carries out the commands that belong to no part of it. */
export function useKeyboard(): void {
  const navigate = useNavigate()
  useCommand('palette', openPalette)
  useCommand('help', openHelp)
  useCommand(
    'go.all',
    useCallback(() => void navigate({ to: '/inbox/$view', params: { view: 'all' } }), [navigate]),
  )
  useCommand(
    'go.unread',
    useCallback(() => void navigate({ to: '/inbox/$view', params: { view: 'unread' } }), [navigate]),
  )
  useCommand(
    'go.contacts',
    useCallback(() => void navigate({ to: '/contacts' }), [navigate]),
  )
  useCommand(
    'go.numbers',
    useCallback(() => void navigate({ to: '/numbers' }), [navigate]),
  )
  useCommand(
    'go.templates',
    useCallback(() => void navigate({ to: '/templates' }), [navigate]),
  )
  useCommand(
    'go.costs',
    useCallback(() => void navigate({ to: '/costs' }), [navigate]),
  )
  useCommand(
    'go.playbooks',
    useCallback(() => void navigate({ to: '/playbooks' }), [navigate]),
  )
  useCommand(
    'go.unrecognised',
    useCallback(() => void navigate({ to: '/unrecognised' }), [navigate]),
  )
  useCommand(
    'go.settings',
    useCallback(() => void navigate({ to: '/settings' }), [navigate]),
  )
  useEffect(listen, [])
}

function openPalette(): void {
  showOverlay('palette')
}

function openHelp(): void {
  showOverlay('help')
}

function listen(): () => void {
  let before: Pressed | null = null
  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return
    const pressed = pressedOf(event)
    const previous = before
    before = pressed
    // Never while typing, never into a dialog; only Ctrl/⌘ keys work everywhere on the page.
    if (isOverlayOpen() || (isTyping(event.target) && !pressed.control)) return
    const binding = matchKey(KEY_BINDINGS, pressed, previous)
    if (binding !== undefined && runCommand(binding.command)) event.preventDefault()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

function pressedOf(event: KeyboardEvent): Pressed {
  return {
    code: event.code,
    shift: event.shiftKey,
    control: event.ctrlKey || event.metaKey,
    alt: event.altKey,
    atMs: event.timeStamp,
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=range])')
  )
}

function isOverlayOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}
