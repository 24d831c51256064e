import type { Faults, SimulatorState } from '../control-api.ts'
import { control } from './control-client.ts'
import { trying } from './dialogs.ts'
import { fill, h, ltr } from './dom.ts'
import { t } from './language.ts'
import { instantOf } from './times.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** Milliseconds between two looks at the state. */
const LOOK_MS = 2000
/** Largest values of the faults that are no ratio. */
const LARGEST: Readonly<Partial<Record<keyof Faults, number>>> = {
  webhookReorderMsMax: 10_000,
  webhookBatchUpdatesMax: 1000,
  deviceClockAheadMs: 600_000,
}
const SPEEDS = [1, 2, 5, 20, 100] as const

/** The small panel beside the customers: clock, script, faults, counters. Looks at the simulator every two seconds. */
export function controlPanel(): HTMLElement {
  const now = h('output', { class: 'now', 'aria-label': t('clock') })
  const counters = h('dl', { class: 'counters' })
  const faults = h('div', { class: 'faults' })
  const script = scriptControls()
  let sliders: Map<keyof Faults, Slider> | null = null
  const look = async () => {
    const state = await control.state().catch(() => null)
    if (state === null) return
    now.textContent = instantOf(state.nowMs)
    fill(counters, ...counterRows(state))
    sliders ??= addSliders(faults, state.faults)
    for (const [name, slider] of sliders) slider.show(state.faults[name])
  }
  void look()
  setInterval(() => void look(), LOOK_MS)
  const move = (label: string, advanceMs: number) =>
    h(
      'button',
      { type: 'button', class: 'button', on: { click: () => trying(control.moveClock(advanceMs).then(look)) } },
      label,
    )
  return h(
    'section',
    { class: 'panel', 'aria-label': t('control') },
    h('h2', {}, t('clock')),
    now,
    h(
      'div',
      { class: 'buttons' },
      move(t('plusHour'), HOUR_MS),
      move(t('plusDay'), DAY_MS),
      move(t('plusTwoWeeks'), 14 * DAY_MS),
    ),
    h('h2', {}, t('script')),
    script,
    h('h2', {}, t('faults')),
    faults,
    h(
      'button',
      { type: 'button', class: 'button', on: { click: () => trying(control.setFaults({}).then(look)) } },
      t('noFaults'),
    ),
    h('h2', {}, t('counters')),
    counters,
  )
}

function scriptControls(): HTMLElement {
  const box = h('div', { class: 'buttons' })
  const draw = async () => {
    const { running, speed = 1 } = await control.playing()
    const choose = h(
      'select',
      { 'aria-label': t('speed', { speed: '' }) },
      ...[...new Set([...SPEEDS, speed])].map((value) =>
        h('option', { value, selected: value === speed }, `${value}×`),
      ),
    )
    choose.addEventListener('change', () => trying(control.play({ running, speed: Number(choose.value) }).then(draw)))
    fill(
      box,
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'aria-pressed': String(running),
          on: { click: () => trying(control.play({ running: !running, speed }).then(draw)) },
        },
        running ? `❚❚ ${t('pause')}` : `▶ ${t('play')}`,
      ),
      choose,
      h('span', { class: 'faint' }, running ? t('running') : t('paused')),
    )
  }
  trying(draw())
  return box
}

interface Slider {
  readonly show: (value: number) => void
}

function addSliders(box: HTMLElement, faults: Faults): Map<keyof Faults, Slider> {
  const sliders = new Map<keyof Faults, Slider>()
  for (const name of Object.keys(faults) as (keyof Faults)[]) {
    const largest = LARGEST[name] ?? 1
    const value = h('output', {}, String(faults[name]))
    const input = h('input', { type: 'range', min: 0, max: largest, step: largest > 1 ? 1 : 0.01, value: faults[name] })
    input.addEventListener('input', () => {
      value.textContent = input.value
    })
    input.addEventListener('change', () =>
      trying(control.state().then((state) => control.setFaults({ ...state.faults, [name]: Number(input.value) }))),
    )
    box.append(h('label', { class: 'fault' }, h('span', {}, ltr(name)), value, input))
    sliders.set(name, {
      show(fresh) {
        if (document.activeElement === input) return
        input.value = String(fresh)
        value.textContent = String(fresh)
      },
    })
  }
  return sliders
}

function counterRows(state: SimulatorState): HTMLElement[] {
  const rows: readonly (readonly [string, HTMLElement | string])[] = [
    [t('webhook'), state.webhook === null ? t('noWebhook') : ltr(state.webhook.url)],
    [t('pendingWebhooks'), String(state.webhooksPending)],
    [t('seed'), String(state.seed)],
  ]
  const counted = Object.entries(state.counters).map(([name, count]) => [ltr(name), String(count)] as const)
  return [...rows, ...counted].flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])
}
