import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from './refusal.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** First byte of everything sealed, so that the form can change. */
const VERSION = 1
const KEY_FILE = 'secret.key'

/** Seals secrets for the database. `context` names the row (table, workspace, ids): sealed bytes moved to another row do not open. */
export interface Sealer {
  seal(plain: string, context: string): Buffer
  /** Throws when the key, the context or the bytes are not those of `seal`. */
  open(sealed: Buffer, context: string): string
}

/** AES-256-GCM with a random nonce (NIST SP 800-38D): version, nonce, tag, ciphertext. */
export function createSealer(key: Buffer): Sealer {
  if (key.length !== KEY_BYTES) throw new Error(`The key must have ${KEY_BYTES} bytes, not ${key.length}`)
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
    },
    open(sealed, context) {
      if (sealed[0] !== VERSION) throw new Error(`Sealed with form ${sealed[0]}, which this version does not know`)
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
      const body = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
  }
}

/** The key file of the data folder, made when there is none, readable by its owner only. */
export async function keyFromFile(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, KEY_FILE)
  // `wx`: of two starters one makes it, the other reads it.
  await writeFile(path, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new Refusal(`The key file ${path} cannot be written (${error.code}).`, { cause: error })
    },
  )
  const [text, found] = await Promise.all([readFile(path, 'utf8'), stat(path)])
  if ((found.mode & 0o077) !== 0) throw new Refusal(`Others may read the key file ${path}: run "chmod 600 ${path}".`)
  const key = Buffer.from(text.trim(), 'hex')
  if (key.length !== KEY_BYTES) throw new Refusal(`The key file ${path} is damaged: bring it back from a backup.`)
  return key
}
