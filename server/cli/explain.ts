import { readFile } from 'node:fs/promises'
import { explain } from '../whatsapp/explain.ts'

const EXIT_SOME_BAD = 2

/** Prints a line for every file that is a webhook and a sentence for every other; gives the exit code. */
export async function explainFiles(files: readonly string[]): Promise<number> {
  let code = 0
  // Who reads may have enough: `bin/wasl explain * | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(code)
  })
  for (const file of files) {
    const result = await explainFile(file)
    if (result.ok) {
      process.stdout.write(`${JSON.stringify(result.explanation)}\n`)
    } else {
      process.stderr.write(`${result.sentence}\n`)
      code = EXIT_SOME_BAD
    }
  }
  return code
}

async function explainFile(file: string): Promise<ReturnType<typeof explain>> {
  try {
    return explain(file, await readFile(file, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { ok: false, sentence: `${file} cannot be read (${code}).` }
  }
}
