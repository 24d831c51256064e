import { access, constants, mkdir } from 'node:fs/promises'
import { Refusal } from './refusal.ts'

/** Makes the data folder when it is missing. Refuses with one sentence when it cannot be written. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 })
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new Refusal(
      `The data folder ${folder} cannot be written (${code}): give it to this user or set WASL_DATA_DIR.`,
    )
  }
}

/** The sentence for a data folder that another process works with. */
export function inUse(folder: string): string {
  return `The data folder ${folder} is in use by another Wasl: stop that one, or set WASL_DATA_DIR to another folder.`
}
