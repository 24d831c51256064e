import { fileRule, type Rule } from './rule.ts'
import { type Finding, lineAt, type SourceFile, type SourceTree } from './source-tree.ts'

/** Everything that may stand at the root. A new one needs a reason, and a line here. */
const ROOT_FILES = new Set([
  'README.md',
  'ARCHITECTURE.md',
  'STYLE.md',
  'CHANGELOG.md',
  'LICENSE',
  'package.json',
  'schema.sql',
  'tsconfig.json',
  'tsconfig.base.json',
  'biome.json',
  '.oxlintrc.json',
  'vite.config.ts',
  'vitest.config.ts',
  '.env.example',
  '.gitignore',
  '.npmrc',
])

/** Folders whose names in a document are paths of this repository. */
const OUR_FOLDERS = ['bin', 'docs', 'fixtures', 'migrations', 'contract', 'server', 'simulator', 'web', 'test', 'bench']
const OUR_PATH = new RegExp(`^(?:${OUR_FOLDERS.join('|')})/[\\w@./*{},<>-]*$|^[\\w.-]+\\.(?:md|sql|tsx?)$`)

export const rootFiles: Rule = {
  name: 'root-files',
  instead: 'put it where it belongs: the root is what a stranger sees first',
  check: (tree) =>
    [...tree.keys()]
      .filter((path) => !path.includes('/') && !ROOT_FILES.has(path))
      .map((path) => ({ path, line: 1, what: 'does not belong at the root' })),
  good: [{ 'README.md': '', 'docs/ideas.md': '' }],
  bad: [{ 'notes.md': '' }, { 'try.ts': '' }],
}

export const documentedPaths: Rule = {
  name: 'documented-paths',
  instead: 'name a file that exists, or make it: documents are read as maps',
  check: (tree) => [...tree.values()].filter(isDocument).flatMap((file) => missingPaths(file, tree)),
  good: [
    { 'README.md': 'See `server/main.ts`, `server/`, `server/*.ts` and `npm start`.', 'server/main.ts': '' },
    { 'docs/a.md': 'See [the other](b.md) and [out](https://example.org/x.md).', 'docs/b.md': '' },
    { 'docs/a.md': 'In `send-job.ts`: ![a picture](images/a.png)', 'server/send-job.ts': '', 'docs/images/a.png': '' },
  ],
  bad: [
    { 'README.md': 'See `server/gone.ts`.', 'server/main.ts': '' },
    { 'docs/a.md': 'See [the other](b.md).' },
    { 'docs/a.md': 'All of `server/gone/*.ts`.', 'server/main.ts': '' },
    { 'docs/a.md': 'In `gone.ts`.', 'server/main.ts': '' },
    { 'docs/a.md': '![a picture](images/gone.png)' },
  ],
}

const TYPE_GUIDE = 'docs/add-a-message-type.md'
/** Where every type of message has a line of its own. */
const BY_TYPE = /\bcontent satisfies never\b|\bRecord<MessageType\b/

export const typeGuide: Rule = {
  name: 'type-guide-complete',
  instead: `name the file in ${TYPE_GUIDE}: whoever adds a type goes through that list`,
  check: (tree) => {
    const guide = tree.get(TYPE_GUIDE)?.text ?? ''
    return [...tree.values()]
      .filter((file) => /^(contract|server|web)\/.*\.tsx?$/.test(file.path) && BY_TYPE.test(file.text))
      .filter((file) => !guide.includes(`\`${file.path}\``))
      .map((file) => ({ path: file.path, line: 1, what: 'has a line for each type of message' }))
  },
  good: [
    { [TYPE_GUIDE]: 'In `contract/words.ts`.', 'contract/words.ts': 'content satisfies never\n' },
    { [TYPE_GUIDE]: '', 'contract/words.ts': 'event satisfies never\n' },
  ],
  bad: [
    { [TYPE_GUIDE]: 'In `contract/old-words.ts`.', 'contract/words.ts': 'content satisfies never\n' },
    { [TYPE_GUIDE]: '', 'web/row.tsx': 'const ICONS: Partial<Record<MessageType, Icon>> = {}\n' },
  ],
}

/** The form of CHANGELOG.md (keepachangelog.com): newest first, each with its date, and groups people know. */
export const changelog = fileRule({
  name: 'changelog-form',
  instead:
    'write `## x.y.z - YYYY-MM-DD` or `## Unreleased`, newest first, and under it `### Added`, `### Changed`, `### Fixed` …',
  where: (path) => path === 'CHANGELOG.md',
  checkFile: changelogFaults,
  good: [
    {
      'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n### Added\n\n- A\n\n## 0.1.0 - 2026-11-23\n\n### Fixed\n\n- B\n',
    },
  ],
  bad: [
    { 'CHANGELOG.md': '# Changelog\n\n## version one\n' },
    { 'CHANGELOG.md': '# Changelog\n\n## 0.1.0 - 2026-11-23\n\n### Stuff\n\n- B\n' },
    { 'CHANGELOG.md': '# Changelog\n\n## 0.1.0 - 2026-11-23\n\n- A\n\n## 0.2.0 - 2026-12-01\n\n- B\n' },
  ],
})

function isDocument(file: SourceFile): boolean {
  return file.path.endsWith('.md') && (!file.path.includes('/') || file.path.startsWith('docs/'))
}

function missingPaths(file: SourceFile, tree: SourceTree): readonly Finding[] {
  const text = file.text.replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ' '))
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].flatMap((match) =>
    expandBraces(match[1] ?? '').map((path) => ({ path: path.split(/[\s:#]/)[0] ?? '', at: match.index })),
  )
  const linked = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .filter((match) => !/^[a-z]+:/.test(match[1] ?? ''))
    .map((match) => ({ path: resolveLink(file.path, match[1] ?? ''), at: match.index, link: true }))
  return [...quoted.filter((one) => OUR_PATH.test(one.path)), ...linked]
    .filter((one) => !exists(one.path, tree))
    .map((one) => ({ path: file.path, line: lineAt(text, one.at), what: `${one.path} does not exist` }))
}

/** `a/{b,c}.ts` → `a/b.ts`, `a/c.ts`. */
function expandBraces(path: string): readonly string[] {
  const braces = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path)
  if (braces === null) return [path]
  return (braces[2] ?? '').split(',').flatMap((part) => expandBraces(`${braces[1]}${part}${braces[3]}`))
}

function resolveLink(from: string, link: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of link.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** Whether a path, a folder or a pattern with `*` or `<name>` names anything. */
function exists(path: string, tree: SourceTree): boolean {
  const clean = path.replace(/\/$/, '')
  if (tree.has(clean)) return true
  const escaped = clean.replace(/[.+?^$()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(
    `^${escaped
      .replace(/\*\*/g, '\u0000')
      .replace(/\*|<[^>]*>/g, '[^/]*')
      .replaceAll('\u0000', '.*')}(/|$)`,
  )
  for (const known of tree.keys()) if (pattern.test(known)) return true
  return !clean.includes('/') && [...tree.keys()].some((known) => known.endsWith(`/${clean}`))
}

function changelogFaults(file: SourceFile): readonly Finding[] {
  const groups = new Set(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'])
  const findings: Finding[] = []
  let lastDate = '9999'
  for (const [index, line] of file.text.split('\n').entries()) {
    const fault = (what: string) => findings.push({ path: file.path, line: index + 1, what })
    if (line.startsWith('### ') && !groups.has(line.slice(4))) fault(`no such group: ${line.slice(4)}`)
    if (!line.startsWith('## ') || line === '## Unreleased') continue
    const version = /^## \d+\.\d+\.\d+ - (\d{4}-\d{2}-\d{2})$/.exec(line)
    if (version === null) fault(line)
    else if ((version[1] ?? '') > lastDate) fault('newer than the version above it')
    else lastDate = version[1] ?? lastDate
  }
  return findings
}
