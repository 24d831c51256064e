import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PROCESS = fileURLToPath(new URL('./read-heic.ts', import.meta.url))
/** A picture that takes longer is given up. */
const DECODE_MS_MAX = 60_000

/** Whether a file is a picture as iPhones take it, by what its bytes say. */
export function isHeic(sniffed: string | null): boolean {
  return /^image\/hei[cf]/.test(sniffed ?? '')
}

/**
 * Makes a JPEG of a HEIC picture, upright. `false`: not read. In a process of its own: the decoder takes several hundred
 * megabytes for a large picture, and what a stranger's file does to it ends with it.
 */
export function writeDecodedHeic(source: string, target: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROCESS, source, target], { stdio: 'ignore', timeout: DECODE_MS_MAX })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}
