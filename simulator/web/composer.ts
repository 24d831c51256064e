import type { ActMessage, ChatMessage } from '../control-api.ts'
import { openAttachMenu, sendFile } from './attach.ts'
import { isMine, type Side } from './bubble.ts'
import { iconButton, trying } from './dialogs.ts'
import { fill, h, words } from './dom.ts'
import { t } from './language.ts'
import { contentOf, previewOf, textOf } from './message-body.ts'
import { recordButton } from './recorder.ts'

export interface ComposerActs {
  readonly send: (message: ActMessage, quoteWamid: string | undefined) => Promise<void>
  readonly edit: (wamid: string, text: string) => Promise<void>
}

export interface Composer {
  readonly element: HTMLElement
  readonly quote: (message: ChatMessage) => void
  readonly startEdit: (message: ChatMessage) => void
}

/** Where messages are written: Enter sends, Shift+Enter breaks the line, files may be dropped or pasted. */
export function composer(side: Side, name: string, acts: ComposerActs): Composer {
  let quoted: ChatMessage | null = null
  let editing: ChatMessage | null = null
  const about = h('div', { class: 'about', hidden: true })
  const input = h('textarea', {
    rows: 1,
    dir: 'auto',
    'aria-label': t('writeMessage'),
    placeholder: t('message'),
    enterkeyhint: 'send',
  })

  const setAbout = (message: ChatMessage | null, label: string) => {
    about.hidden = message === null
    if (message === null) return fill(about)
    fill(
      about,
      h('span', { class: 'about-lines' }, h('strong', {}, label), words(previewOf(message.body))),
      iconButton('close', t('cancel'), clear),
    )
    input.focus()
  }
  const clear = () => {
    if (editing) input.value = ''
    quoted = null
    editing = null
    setAbout(null, '')
    grow(input)
  }
  const send = async (message: ActMessage) => {
    const quoteWamid = quoted?.wamid
    clear()
    await acts.send(message, quoteWamid)
  }
  const submit = () => {
    const text = input.value.trim()
    if (text === '') return
    const target = editing
    input.value = ''
    trying(target ? acts.edit(target.wamid, text) : send({ type: 'text', body: text }))
    if (target) clear()
    grow(input)
  }
  onKeys(input, submit, clear)
  const element = h('div', { class: 'composer' }, about, controls(side, input, send, submit))
  takeFiles(element, input, (file) => trying(sendFile(file, send)))
  return {
    element,
    quote(message) {
      clear()
      quoted = message
      setAbout(message, t('replyingTo', { name: isMine(message, side) ? t('you') : name }))
    },
    startEdit(message) {
      clear()
      editing = message
      const content = contentOf(message.body)
      input.value = textOf(content, 'body') || textOf(content, 'caption')
      setAbout(message, t('editing'))
      grow(input)
    },
  }
}

function controls(
  side: Side,
  input: HTMLElement,
  send: (message: ActMessage) => Promise<void>,
  submit: () => void,
): HTMLElement {
  return h(
    'div',
    { class: 'composer-row' },
    iconButton('attach', t('attach'), () => openAttachMenu(side, send)),
    input,
    recordButton(send),
    iconButton('send', t('send'), submit, 'send-button'),
  )
}

function onKeys(input: HTMLTextAreaElement, submit: () => void, clear: () => void): void {
  input.addEventListener('input', () => grow(input))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clear()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
}

function takeFiles(element: HTMLElement, input: HTMLTextAreaElement, take: (file: File) => void): void {
  element.addEventListener('dragover', (event) => event.preventDefault())
  element.addEventListener('drop', (event) => {
    event.preventDefault()
    for (const file of event.dataTransfer?.files ?? []) take(file)
  })
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length > 0) event.preventDefault()
    files.forEach(take)
  })
}

/** As high as its lines, up to what the style sheet allows. */
function grow(input: HTMLTextAreaElement): void {
  input.style.height = 'auto'
  input.style.height = `${input.scrollHeight}px`
}
