import { Mic, Music, Pause, Play } from 'lucide-react'
import { type AudioHTMLAttributes, type ReactNode, useEffect, useRef, useState } from 'react'
import type { MediaContent } from '../../../../contract/message-content.ts'
import type { StoredFile } from '../../../../contract/message-file.ts'
import { WAVE_BARS } from '../../../../contract/wave.ts'
import { useT } from '../../../app/language.ts'
import { useFormats } from '../../../app/use-formats.ts'
import { mediaUrl } from '../../../sync/api.ts'
import { MediaMissing } from './media-missing.tsx'
import { useTries } from './pictures.tsx'
import { waveformOf } from './waveform.ts'

const SPEEDS = [1, 1.5, 2] as const

/** What plays now: only one recording at a time. */
let playing: HTMLAudioElement | null = null

/** A voice note or a sound file: play and pause, its picture, position, speed. */
export function SoundContent({
  messageId,
  content,
  file,
}: {
  readonly messageId: string
  readonly content: MediaContent
  readonly file: StoredFile | null
}): ReactNode {
  const t = useT()
  const { failed, attempt, fail, again } = useTries()
  const name = t(content.voice === true ? 'type.voice' : 'type.audio')
  if (failed) return <MediaMissing what={name} onRetry={again} />
  const known = { seconds: file?.seconds ?? null, wave: file?.wave ?? null }
  const voice = content.voice === true
  return <Player key={attempt} url={mediaUrl(messageId)} name={name} voice={voice} known={known} onFail={fail} />
}

interface PlayerProps {
  readonly url: string
  readonly name: string
  readonly voice: boolean
  /** What the server knows of the recording, so that it need not be loaded to be shown. */
  readonly known: Pick<StoredFile, 'seconds' | 'wave'>
  readonly onFail: () => void
}

function Player({ url, name, voice, known, onFail }: PlayerProps): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { audio, on, seconds, length: read, speed, toggle, nextSpeed, seek, listeners } = usePlayback(onFail)
  const length = read ?? known.seconds
  const begun = on || seconds > 0
  const Kind = voice ? Mic : Music
  return (
    <div className="flex w-64 max-w-full items-center gap-2.5 py-0.5">
      {/* biome-ignore lint/a11y/useMediaCaption: a customer's own recording has no captions to offer */}
      <audio ref={audio} src={url} preload={known.seconds === null ? 'metadata' : 'none'} {...listeners} />
      <button
        type="button"
        onClick={toggle}
        aria-label={t(on ? 'sound.pause' : 'sound.play', { name })}
        className="grid size-8 flex-none place-items-center rounded-full bg-accent text-accent-ink hover:brightness-110 phone:size-11"
      >
        {on ? <Pause aria-hidden="true" className="size-4" /> : <Play aria-hidden="true" className="size-4" />}
      </button>
      <Wave
        url={url}
        known={known.wave}
        seconds={seconds}
        length={length}
        label={t('sound.position', { name })}
        onSeek={seek}
      />
      <span className="num flex-none text-xs text-ink-2">
        {length === null ? '–:––' : formats.seconds(begun ? seconds : length)}
      </span>
      {begun ? (
        <button
          type="button"
          onClick={nextSpeed}
          aria-label={t('sound.speed', { speed })}
          className="num min-h-6 flex-none rounded-full bg-ink/10 px-2 text-xs phone:min-h-11 phone:min-w-11"
        >
          {formats.number(speed)}×
        </button>
      ) : (
        <Kind aria-hidden="true" className="size-4 flex-none text-ink-3" />
      )}
    </div>
  )
}

/** The element that plays, and what of its state is shown. */
function usePlayback(onFail: () => void) {
  const audio = useRef<HTMLAudioElement>(null)
  const [on, setOn] = useState(false)
  const [seconds, setSeconds] = useState(0)
  const [length, setLength] = useState<number | null>(null)
  const [speedAt, setSpeedAt] = useState(0)
  const speed = SPEEDS[speedAt] ?? 1

  function toggle(): void {
    const element = audio.current
    if (element === null) return
    if (on) return element.pause()
    if (playing !== element) playing?.pause()
    playing = element
    element.playbackRate = speed
    // play() rejects when the file cannot be had; the element's error event says so too.
    element.play().catch(onFail)
  }

  function nextSpeed(): void {
    const next = (speedAt + 1) % SPEEDS.length
    setSpeedAt(next)
    if (audio.current !== null) audio.current.playbackRate = SPEEDS[next] ?? 1
  }

  function seek(to: number): void {
    if (audio.current !== null) audio.current.currentTime = to
    setSeconds(to)
  }

  const listeners: AudioHTMLAttributes<HTMLAudioElement> = {
    onPlay: () => setOn(true),
    onPause: () => setOn(false),
    onEnded: () => seek(0),
    onTimeUpdate: (event) => setSeconds(event.currentTarget.currentTime),
    onDurationChange: ({ currentTarget: { duration } }) => setLength(Number.isFinite(duration) ? duration : null),
    onError: onFail,
  }
  return { audio, on, seconds, length, speed, toggle, nextSpeed, seek, listeners }
}

/** The recording's picture; a slider lies over it, so that it can be moved with keys and pointer alike. */
function Wave({
  url,
  known,
  seconds,
  length,
  label,
  onSeek,
}: {
  readonly url: string
  /** 0 to 100 each. */
  readonly known: readonly number[] | null
  readonly seconds: number
  readonly length: number | null
  readonly label: string
  readonly onSeek: (to: number) => void
}): ReactNode {
  const formats = useFormats()
  const [decoded, setBars] = useState<readonly number[] | null>(null)
  const bars = known?.map((bar) => bar / 100) ?? decoded
  const isKnown = known !== null
  useEffect(() => {
    if (isKnown) return
    let gone = false
    // Without a picture a plain line is shown: not every browser decodes every sound.
    waveformOf(url).then(
      (read) => gone || setBars(read),
      () => gone || setBars(null),
    )
    return () => {
      gone = true
    }
  }, [url, isKnown])
  const done = length === null ? 0 : seconds / length
  return (
    <span
      dir="ltr"
      className="relative flex h-7 min-w-0 flex-1 items-center rounded-sm focus-within:outline-2 focus-within:outline-accent"
    >
      <span aria-hidden="true" className="flex h-6 w-full items-center justify-between gap-px">
        {Array.from({ length: WAVE_BARS }, (_, bar) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={bar}
            className={bar / WAVE_BARS < done ? 'w-[2.5px] rounded-full bg-accent' : 'w-[2.5px] rounded-full bg-ink-3'}
            style={{ height: `${3 + Math.round(20 * (bars?.[bar] ?? 0))}px` }}
          />
        ))}
      </span>
      <input
        type="range"
        min={0}
        max={length ?? 0}
        step={0.1}
        value={Math.min(seconds, length ?? 0)}
        disabled={length === null}
        aria-label={label}
        aria-valuetext={formats.seconds(seconds)}
        onChange={(event) => onSeek(Number(event.target.value))}
        className="absolute inset-0 w-full cursor-pointer opacity-0"
      />
    </span>
  )
}
