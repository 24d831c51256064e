import { spawn } from 'node:child_process'

/** Longer conversions are ended. */
const CONVERT_MS_MAX = 60_000

/** Speech in Opus needs no more, as in WhatsApp's own recordings. */
const BIT_RATE = '32k'
/** Fits a phone's screen, and most clips below WhatsApp's size. */
const SIDE_PX_MAX = 1_280
const FIT = `scale='min(${SIDE_PX_MAX},iw)':'min(${SIDE_PX_MAX},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2`

export type Conversion = 'done' | 'no_ffmpeg' | 'failed'

/** Makes an Ogg with Opus in one channel of any sound that ffmpeg reads, where ffmpeg is installed. */
export function writeSound(source: string, target: string, ffmpeg = 'ffmpeg'): Promise<Conversion> {
  const sound = ['-vn', '-map_metadata', '-1', '-ac', '1', '-c:a', 'libopus', '-b:a', BIT_RATE, '-f', 'ogg', target]
  return runFfmpeg(source, sound, ffmpeg)
}

/**
 * Makes an MP4 with H.264 and AAC, as WhatsApp plays it, of any film that ffmpeg reads, where ffmpeg is installed. What the
 * camera noted about place and time is left out.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export function writeVideo(source: string, target: string, ffmpeg = 'ffmpeg'): Promise<Conversion> {
  const streams = ['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1']
  const picture = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-vf', FIT]
  const sound = ['-c:a', 'aac', '-ac', '2', '-movflags', '+faststart', '-f', 'mp4', target]
  return runFfmpeg(source, [...streams, ...picture, ...sound], ffmpeg)
}

/**
 * Makes of the file `source` what `output` says, where ffmpeg is installed. It opens files alone, never an address that a file
 * may name.
 */
function runFfmpeg(source: string, output: readonly string[], ffmpeg: string): Promise<Conversion> {
  const input = ['-nostdin', '-loglevel', 'error', '-y', '-protocol_whitelist', 'file', '-i', source]
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, [...input, ...output], { stdio: 'ignore', timeout: CONVERT_MS_MAX })
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve('no_ffmpeg')
      else reject(error)
    })
    child.once('exit', (code) => resolve(code === 0 ? 'done' : 'failed'))
  })
}
