import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Media } from './media/store.ts'
import type { SavedPlay } from './play/player.ts'
import type { Delivery } from './webhook/delivery.ts'
import type { World } from './world.ts'

/** Changes with every change of what is kept: another form is not read. */
const FORM = 4
/** Milliseconds between two times that the world is written down. */
const KEEP_MS = 30_000
/** Messages: larger worlds are for measurements and are not kept. */
const MESSAGES_MAX = 50_000

/** A world as data: what a phone, its chats and Meta would still know tomorrow. Plans not yet due are not kept. */
export interface KeptWorld {
  readonly form: typeof FORM
  readonly seed: number
  /** How often it was gone on with. */
  readonly run: number
  readonly nowMs: number
  readonly world: Pick<World, 'accounts' | 'numbers' | 'tokens' | 'settings'>
  readonly media: readonly Media[]
  readonly play: SavedPlay
  readonly undelivered: readonly Delivery[]
}

/** Takes a world down; `null` when it is empty or too large to be kept. */
export function takeDown(
  world: World,
  run: number,
  play: SavedPlay,
  undelivered: readonly Delivery[],
): KeptWorld | null {
  const { accounts, numbers, tokens, settings, chance, clock, media } = world
  const messages = [...numbers.values()].reduce((sum, number) => sum + number.entries.size, 0)
  if (messages === 0 || messages > MESSAGES_MAX) return null
  const kept = { accounts, numbers, tokens, settings }
  return {
    form: FORM,
    seed: chance.seed,
    run,
    nowMs: clock.nowMs(),
    world: kept,
    media: media.all(),
    play,
    undelivered,
  }
}

/** Writes the world into the folder: now, every half minute, and when it stops. Never two writes at once. */
export async function keepWriting(
  folder: string,
  take: () => KeptWorld | null,
  onError: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  let writing: Promise<void> = Promise.resolve()
  const keep = (): Promise<void> => {
    writing = writing.then(async () => {
      const kept = take()
      if (kept) await write(folder, kept)
    }, onError)
    return writing
  }
  // At once: a run that never gets further must not be taken for one that was not begun.
  await keep()
  const timer = setInterval(() => keep().catch(onError), KEEP_MS)
  return {
    async stop() {
      clearInterval(timer)
      await keep().catch(onError)
    },
  }
}

/** In one step, readable by its owner alone: access tokens are in it. */
async function write(folder: string, kept: KeptWorld): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = fileIn(folder)
  await writeFile(`${file}.new`, serialize(kept), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** The world kept in the folder; `null` when there is none or it cannot be read, which is said. */
export async function readWorld(folder: string): Promise<KeptWorld | null> {
  let bytes: Buffer
  try {
    bytes = await readFile(fileIn(folder))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    const kept = deserialize(bytes) as KeptWorld
    if (kept.form === FORM) return kept
    console.error('simulator: the kept world is of another version and is left alone; starting with an empty one')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    console.error(`simulator: the kept world cannot be read (${why}); starting with an empty one`)
  }
  return null
}

function fileIn(folder: string): string {
  return join(folder, 'world.v8')
}
