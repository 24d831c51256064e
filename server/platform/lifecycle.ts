import type { Log } from './log.ts'

/** A part that does not stop in this time is left behind; the database has its own, longer patience. */
const STOP_PART_MS_MAX = 70_000

/** What was started, in order, so that it is stopped in the opposite order. */
export interface Lifecycle {
  /** Starts a part and remembers how to stop it. */
  add<Part>(name: string, start: () => Promise<Part> | Part, stop: (part: Part) => unknown): Promise<Part>
  /** Stops everything, last started first; a part that fails to stop keeps no other from stopping. Harmless twice. */
  stop(): Promise<void>
  /** Parts are being stopped: connections that end are no news any more. */
  isStopping(): boolean
}

export function createLifecycle(log: Log): Lifecycle {
  const started: { name: string; stop: () => unknown }[] = []
  let stopping: Promise<void> | undefined
  const stopAll = async () => {
    for (let part = started.pop(); part !== undefined; part = started.pop()) {
      log.debug({ part: part.name }, 'stopping')
      try {
        await withinTime(Promise.resolve(part.stop()), part.name)
      } catch (error) {
        log.error({ err: error, part: part.name }, 'could not be stopped in order')
      }
    }
  }
  return {
    async add(name, start, stop) {
      const part = await start()
      started.push({ name, stop: () => stop(part) })
      return part
    },
    stop() {
      stopping ??= stopAll()
      return stopping
    },
    isStopping: () => stopping !== undefined,
  }
}

async function withinTime(work: Promise<unknown>, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${name} did not stop in ${STOP_PART_MS_MAX / 1000} s`)),
      STOP_PART_MS_MAX,
    )
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
