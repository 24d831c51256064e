import { expect, test } from 'vitest'
import { KEY_BINDINGS } from './commands.ts'
import { matchKey, type Pressed } from './key-match.ts'

const plain: Pressed = { code: 'KeyJ', shift: false, control: false, alt: false, atMs: 5_000 }

test.each([
  ['J', {}, null, 'list.next'],
  ['Ctrl K', { code: 'KeyK', control: true }, null, 'palette'],
  ['K', { code: 'KeyK' }, null, 'list.previous'],
  ['?', { code: 'Slash', shift: true }, null, 'help'],
  ['/', { code: 'Slash' }, null, 'palette'],
  ['G then A', { code: 'KeyA' }, { code: 'KeyG', atMs: 4_500 }, 'go.all'],
  ['G, a long pause, A', { code: 'KeyA' }, { code: 'KeyG', atMs: 1_000 }, undefined],
  ['Alt J', { alt: true }, null, undefined],
  ['Ctrl J', { control: true }, null, undefined],
])('%s', (_keys, pressed, before, command) => {
  const earlier = before === null ? null : { ...plain, ...before }
  expect(matchKey(KEY_BINDINGS, { ...plain, ...pressed }, earlier)?.command).toBe(command)
})
