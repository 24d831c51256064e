import type { ChatMessage } from '../control-api.ts'
import { isMine, type Side } from './bubble.ts'
import { type MenuItem, openMenu } from './dialogs.ts'
import { h } from './dom.ts'
import { t } from './language.ts'

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏', '🌹'] as const
/** As long as WhatsApp allows an author to edit, and to delete for everyone. */
const EDIT_MS = 15 * 60_000
const DELETE_MS = 2 * 86_400_000
/** A text, or the caption below. */
const EDITABLE = ['text', 'image', 'video', 'document']

export interface MessageActs {
  readonly reply: () => void
  readonly react: (emoji: string | null) => void
  readonly edit: () => void
  readonly remove: () => void
}

/** What can be done with a message: react, reply, and with one's own also edit and delete while WhatsApp allows it. */
export function openMessageMenu(message: ChatMessage, side: Side, nowMs: number, acts: MessageActs): void {
  const own = side === 'customer' ? message.by === 'customer' : message.by === 'phone'
  const age = nowMs - message.atMs
  const reaction = message.reactions.find((each) => (each.by === 'customer') === (side === 'customer'))
  const items: MenuItem[] = [{ label: t('reply'), icon: 'reply', choose: acts.reply }]
  if (reaction) items.push({ label: t('removeReaction'), icon: 'smile', choose: () => acts.react(null) })
  if (own && EDITABLE.includes(message.body.type) && age < EDIT_MS)
    items.push({ label: t('edit'), icon: 'edit', choose: acts.edit })
  if (own && isMine(message, side) && age < DELETE_MS)
    items.push({ label: t('deleteForAll'), icon: 'delete', dangerous: true, choose: acts.remove })
  openMenu(t('messageMenu'), items, (close) =>
    h(
      'div',
      { class: 'emoji-row', role: 'group', 'aria-label': t('react') },
      ...EMOJIS.map((emoji) =>
        h(
          'button',
          {
            type: 'button',
            class: 'emoji',
            'aria-pressed': String(reaction?.emoji === emoji),
            on: {
              click: () => {
                close()
                acts.react(emoji)
              },
            },
          },
          emoji,
        ),
      ),
    ),
  )
}
