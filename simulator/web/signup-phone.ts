import { fill, h } from './dom.ts'
import { say } from './signup-words.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LETTERS = 6
/** Squares of the picture, along one side. */
const QR_SIDE = 21

/** The code that the window shows and the phone asks for; it proves nothing and so need not come from the seed. */
export function newCode(): string {
  return [...crypto.getRandomValues(new Uint8Array(CODE_LETTERS))]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
}

/** The phone beside the window: Facebook's message, Share / Don't share / Cancel, then the code or the scan. */
export function drawPhone(wish: {
  readonly code: string
  readonly byQr: boolean
  readonly onDone: (share: boolean) => void
  readonly onCancel: () => void
}): HTMLElement {
  const screen = h('div', { class: 'signup-phone', 'data-testid': 'phone' })
  const show = (...nodes: readonly (Node | string)[]) => fill(screen, h('h3', {}, say('phone')), ...nodes)
  const press = (label: string, act: () => void, main = false) =>
    h('button', { type: 'button', class: main ? 'button main' : 'button', on: { click: act } }, label)

  const prove = (share: boolean) => {
    if (wish.byQr) return show(press(say('scan'), () => wish.onDone(share), true))
    const wrong = h('p', { role: 'alert', class: 'dangerous' })
    const input = h('input', {
      'aria-label': say('enterCode'),
      placeholder: say('enterCode'),
      dir: 'ltr',
      maxlength: 6,
    })
    const check = () => {
      if (input.value.trim().toUpperCase() === wish.code) wish.onDone(share)
      else fill(wrong, say('wrongCode'))
    }
    show(input, wrong, press(say('confirm'), check, true))
    input.focus()
  }
  const askToShare = () =>
    show(
      h('p', { class: 'signup-bubble' }, say('shareTitle')),
      press(say('share'), () => prove(true), true),
      press(say('dontShare'), () => prove(false)),
      press(say('cancel'), wish.onCancel),
    )
  show(h('p', { class: 'signup-bubble' }, say('facebookSays')), press(say('connect'), askToShare, true))
  return screen
}

/** A picture that looks like a QR code and holds nothing: the simulated phone scans it anyway. */
export function qrPicture(code: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', `0 0 ${QR_SIDE} ${QR_SIDE}`)
  svg.setAttribute('class', 'signup-qr')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  let state = [...code].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2 ** 31
  const squares: string[] = []
  for (let index = 0; index < QR_SIDE * QR_SIDE; index++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    if (state % 65_536 > 32_768) squares.push(`M${index % QR_SIDE} ${Math.floor(index / QR_SIDE)}h1v1h-1z`)
  }
  path.setAttribute('d', squares.join(''))
  svg.append(path)
  return svg
}
