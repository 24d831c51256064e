import { Mic, Square, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useT } from '../../app/language.ts'
import { IconButton } from '../../ui/button.tsx'

/** What browsers record, the best first: WhatsApp's own is Ogg; the server makes it of the others. */
const FORMATS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'] as const
const TICK_MS = 250

/** Records a voice note until it is pressed again; what was said can be heard before it is sent. */
export function RecordButton({ onRecorded }: { readonly onRecorded: (file: File) => void }): ReactNode {
  const t = useT()
  const recorder = useRef<MediaRecorder | null>(null)
  const [seconds, setSeconds] = useState<number | null>(null)
  const [refused, setRefused] = useState(false)
  useEffect(
    () => () => {
      // What is recorded when the page is left is nobody's to send.
      const running = recorder.current
      recorder.current = null
      stop(running)
    },
    [],
  )
  const isRecording = seconds !== null
  useEffect(() => {
    if (!isRecording) return
    const timer = setInterval(() => setSeconds((before) => (before === null ? null : before + TICK_MS / 1000)), TICK_MS)
    return () => clearInterval(timer)
  }, [isRecording])

  async function start(): Promise<void> {
    const stream = await microphone()
    setRefused(stream === null)
    if (stream === null) return
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format))
    const made = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType })
    recorder.current = made
    const pieces: Blob[] = []
    made.addEventListener('dataavailable', ({ data }) => pieces.push(data))
    made.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop()
      const isKept = recorder.current === made
      recorder.current = null
      setSeconds(null)
      if (isKept) onRecorded(new File(pieces, 'voice', { type: made.mimeType }))
    })
    made.start()
    setSeconds(0)
  }

  function end(keep: boolean): void {
    const running = recorder.current
    if (!keep) recorder.current = null
    stop(running)
  }

  if (seconds === null)
    return (
      <>
        <IconButton label={t('record.start')} onClick={() => void start()} data-testid="record">
          <Mic aria-hidden="true" className="size-4" />
        </IconButton>
        {refused && (
          <span role="alert" className="text-sm text-danger">
            {t('record.noMicrophone')}
          </span>
        )}
      </>
    )
  return <Recording seconds={seconds} onEnd={end} />
}

function Recording(props: { readonly seconds: number; readonly onEnd: (keep: boolean) => void }): ReactNode {
  const t = useT()
  const { seconds, onEnd } = props
  return (
    <span className="inline-flex items-center gap-1">
      <IconButton
        label={t('record.stop')}
        className="text-danger"
        onClick={() => onEnd(true)}
        data-testid="record-stop"
      >
        <Square aria-hidden="true" className="size-4 fill-current" />
      </IconButton>
      <span role="timer" className="num text-sm text-danger">
        {`${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`}
      </span>
      <IconButton label={t('record.cancel')} onClick={() => onEnd(false)}>
        <Trash2 aria-hidden="true" className="size-4" />
      </IconButton>
    </span>
  )
}

function stop(running: MediaRecorder | null): void {
  if (running !== null && running.state !== 'inactive') running.stop()
}

/** The microphone in one channel, or `null` where there is none or it is refused. */
async function microphone(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true } })
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return null
    throw error
  }
}
