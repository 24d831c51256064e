import type { ActMessage } from '../control-api.ts'
import { sampleVoice } from './attach.ts'
import { upload } from './control-client.ts'
import { iconButton, notice, trying } from './dialogs.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'

/** What browsers record; WhatsApp itself uses Ogg. */
const FORMATS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'] as const

/** A button that records a voice note until it is pressed again; without a microphone it sends a generated one. */
export function recordButton(send: (message: ActMessage) => Promise<void>): HTMLButtonElement {
  let recorder: MediaRecorder | null = null
  const show = (button: HTMLButtonElement) => {
    const recording = recorder !== null
    button.classList.toggle('recording', recording)
    button.setAttribute('aria-label', t(recording ? 'stopRecording' : 'record'))
    button.replaceChildren(icon(recording ? 'send' : 'mic'))
  }
  return iconButton('mic', t('record'), (button) => {
    if (recorder) return recorder.stop()
    trying(
      microphone().then(async (stream) => {
        if (stream === null) {
          notice(t('noMicrophone'))
          return await send(sampleVoice())
        }
        recorder = new MediaRecorder(stream, {
          mimeType: FORMATS.find((format) => MediaRecorder.isTypeSupported(format)),
        })
        recorder.addEventListener('dataavailable', (event) => {
          for (const track of stream.getTracks()) track.stop()
          recorder = null
          show(button)
          trying(upload(event.data, 'voice.ogg').then((mediaId) => send({ type: 'audio', mediaId, voice: true })))
        })
        recorder.start()
        show(button)
      }),
    )
  })
}

/** The microphone, or `null` where there is none or it is refused. */
async function microphone(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return null
    throw error
  }
}
