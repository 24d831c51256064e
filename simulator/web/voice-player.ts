import { mediaAddress } from './control-client.ts'
import { iconButton } from './dialogs.ts'
import { h } from './dom.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'
import { lengthOf } from './times.ts'

const BARS = 32
const SPEEDS: readonly number[] = [1, 1.5, 2]

/** The one that plays; another that starts stops it, as on a phone. */
let playing: HTMLAudioElement | null = null

/** A voice note: play and pause, a bar to seek in, the time, the speed. */
export function voicePlayer(mediaId: string): HTMLElement {
  const audio = new Audio()
  audio.preload = 'metadata'
  const time = h('span', { class: 'voice-time', dir: 'ltr' }, '0:00')
  const bars = Array.from({ length: BARS }, (_value, index) => bar(mediaId, index))
  const wave = h('div', { class: 'wave', 'aria-hidden': 'true' }, ...bars)
  const seek = h('input', {
    type: 'range',
    min: '0',
    max: '1000',
    value: '0',
    class: 'seek',
    'aria-label': t('voiceNote'),
  })
  const toggle = iconButton('play', t('play'), () => void playOrPause(audio))
  const speed = h('button', { type: 'button', class: 'speed', 'aria-label': t('speed', { speed: 1 }) }, '1×')
  speed.addEventListener('click', () => {
    const next = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length] ?? 1
    audio.playbackRate = next
    speed.textContent = `${next}×`
    speed.setAttribute('aria-label', t('speed', { speed: next }))
  })
  seek.addEventListener('input', () => {
    if (Number.isFinite(audio.duration)) audio.currentTime = (Number(seek.value) / 1000) * audio.duration
  })
  const show = () => {
    const share = Number.isFinite(audio.duration) && audio.duration > 0 ? audio.currentTime / audio.duration : 0
    for (const [index, each] of bars.entries()) each.classList.toggle('heard', index < share * BARS)
    seek.value = String(Math.round(share * 1000))
    time.textContent = lengthOf(
      audio.currentTime > 0 ? audio.currentTime : Number.isFinite(audio.duration) ? audio.duration : 0,
    )
    toggle.replaceChildren(icon(audio.paused ? 'play' : 'pause'))
    toggle.setAttribute('aria-label', audio.paused ? t('play') : t('pause'))
  }
  for (const event of ['loadedmetadata', 'timeupdate', 'play', 'pause', 'ended']) audio.addEventListener(event, show)
  load(audio, mediaId, time)
  return h('div', { class: 'voice', dir: 'ltr' }, toggle, h('div', { class: 'wave-box' }, wave, seek), time, speed)
}

async function playOrPause(audio: HTMLAudioElement): Promise<void> {
  if (!audio.paused) return audio.pause()
  playing?.pause()
  playing = audio
  await audio.play()
}

/** Loaded whole, so that the length is known and seeking works whatever the server can. */
function load(audio: HTMLAudioElement, mediaId: string, time: HTMLElement): void {
  fetch(mediaAddress(mediaId))
    .then(async (response) => {
      if (!response.ok) throw new Error(response.statusText)
      audio.src = URL.createObjectURL(await response.blob())
    })
    .catch(() => {
      time.textContent = t('fileMissing')
    })
}

/** Heights that look like speech and stay the same for the same note. */
function bar(mediaId: string, index: number): HTMLElement {
  const digit = Number(mediaId.at(-1 - (index % mediaId.length)) ?? '5') || 5
  const element = h('i')
  element.style.height = `${20 + ((digit * 37 + index * 53) % 80)}%`
  return element
}
