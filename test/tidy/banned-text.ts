import { fileRule, type Sample } from './rule.ts'
import { isTest, isTypeScript, lineAt, parse, type SourceFile } from './source-tree.ts'

interface Ban {
  readonly name: string
  readonly pattern: RegExp
  readonly where: (path: string) => boolean
  readonly instead: string
  readonly good: readonly Sample[]
  readonly bad: readonly Sample[]
}

const isServer = (path: string) => path.startsWith('server/') && isTypeScript(path) && !isTest(path)
const isProduct = (path: string) => isTypeScript(path) && !isTest(path) && !path.startsWith('bench/')
const isWebSource = (path: string) => path.startsWith('web/') && /\.(tsx?|css)$/.test(path)

/** Where time and chance come from. */
const CLOCKS = new Set([
  'server/platform/clock.ts',
  'server/platform/ids.ts',
  // Compares with the times of files, which are the machine's, never the simulator's.
  'server/platform/embedded-postgres-cluster.ts',
])
/** Where chance decides nothing: keys and nonces, and the names of requests in the log. */
const CHANCE = new Set(['server/platform/crypto.ts', 'server/platform/http.ts'])
/** The doors through which a process reads its environment. */
const ENVIRONMENT_READERS =
  /^(server\/config\.ts|simulator\/(main|config)\.ts|bench\/|test\/|bin\/|vitest\.config\.ts|web\/vite\.config\.ts)/
/** Programs that talk to a person on a terminal. */
const TERMINAL = /^(server\/cli\/|server\/main\.ts|bin\/|bench\/|simulator\/(?!web\/)|test\/support\/)/

const BANS: readonly Ban[] = [
  {
    name: 'environment-in-config-only',
    pattern: /\bprocess\.env\b|\bimport\.meta\.env\.(?!DEV\b|PROD\b|MODE\b)/g,
    where: (path) => isTypeScript(path) && !ENVIRONMENT_READERS.test(path) && !isTest(path),
    instead: 'take the value as an argument; server/config.ts alone reads the environment',
    good: [{ 'server/config.ts': 'read(process.env)\n' }, { 'server/main.ts': '// process.env is read by config\n' }],
    bad: [{ 'server/inbox/routes.ts': 'const port = process.env.PORT\n' }, { 'web/app/a.tsx': 'f(process.env)\n' }],
  },
  {
    name: 'clock-injected',
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\)/g,
    where: (path) => isServer(path) && !CLOCKS.has(path) && !path.startsWith('server/cli/'),
    instead: 'take a Clock: with the simulator attached Wasl runs on its clock, which can be moved',
    good: [{ 'server/a.ts': 'new Date(clock.nowMs())\n' }, { 'server/platform/clock.ts': 'Date.now()\n' }],
    bad: [{ 'server/a.ts': 'Date.now()\n' }, { 'server/b.ts': 'new Date()\n' }],
  },
  {
    name: 'chance-injected',
    pattern: /\bMath\.random\(|\brandomUUID\(|\bgetRandomValues\(/g,
    where: (path) => isServer(path) && !CLOCKS.has(path) && !CHANCE.has(path),
    instead: 'take Ids (server/platform/ids.ts), or a seeded source',
    good: [{ 'server/a.ts': 'ids.next()\n' }],
    bad: [{ 'server/a.ts': 'Math.random()\n' }, { 'server/b.ts': 'crypto.randomUUID()\n' }],
  },
  {
    name: 'chance-seeded-in-simulator',
    pattern: /\bMath\.random\(/g,
    where: (path) => /^(simulator|bench)\//.test(path) && isTypeScript(path) && !path.startsWith('simulator/web/'),
    instead: 'draw from the seeded source, so that a failure can be repeated',
    good: [{ 'simulator/a.ts': 'random.next()\n' }],
    bad: [{ 'simulator/a.ts': 'Math.random()\n' }],
  },
  {
    name: 'no-now-in-sql',
    pattern:
      /(?<![.\w])(now\(\)|clock_timestamp\(\)|statement_timestamp\(\)|transaction_timestamp\(\)|current_timestamp\b|current_date\b|localtimestamp\b)/gi,
    where: (path) =>
      (isServer(path) && path !== 'server/platform/database-clock.ts') || /^migrations\/.*\.sql$/.test(path),
    instead: 'pass the instant as a parameter ($now), so that a moved clock moves SQL too',
    good: [{ 'server/a.ts': 'sql.query("select $1::timestamptz", [performance.now()])\n' }],
    bad: [
      { 'server/a.ts': 'sql.query("select now()")\n' },
      { 'migrations/0001_a.sql': 'create table a (t timestamptz default now());\n' },
    ],
  },
  {
    name: 'log-not-console',
    pattern: /\bconsole\.\w+/g,
    where: (path) => isProduct(path) && !TERMINAL.test(path),
    instead: 'take the logger; only programs on a terminal print',
    good: [{ 'server/cli/explain.ts': 'console.log(1)\n' }],
    bad: [{ 'server/inbox/append.ts': 'console.log(1)\n' }, { 'web/app/a.tsx': 'console.error(1)\n' }],
  },
  {
    name: 'no-sleep-in-tests',
    pattern: /\bsetTimeout\(|\bsetTimeoutPromise\(|\bsleep\(|node:timers\/promises|waitForTimeout\(/g,
    where: (path) => /\.test\.tsx?$/.test(path),
    instead: 'wait for the thing itself (an event, a row, test/support), or move an injected clock',
    good: [{ 'server/a.test.ts': 'await stream.next()\n' }, { 'server/a.ts': 'setTimeout(f, 1)\n' }],
    bad: [
      { 'server/a.test.ts': 'await new Promise((r) => setTimeout(r, 100))\n' },
      { 'test/e2e/a.test.ts': 'await page.waitForTimeout(5)\n' },
    ],
  },
  {
    name: 'no-focused-test',
    pattern: /\b(describe|test|it)\.only\(/g,
    where: (path) => /\.test\.tsx?$/.test(path),
    instead: 'remove .only before it is committed: it hides every other test',
    good: [{ 'server/a.test.ts': "test('a', f)\n" }],
    bad: [{ 'server/a.test.ts': "test.only('a', f)\n" }],
  },
  {
    name: 'no-mock-of-our-own',
    pattern: /\bvi\.(mock|doMock|spyOn|stubGlobal)\(/g,
    where: (path) => /\.test\.tsx?$/.test(path),
    instead: 'give the function what it needs as arguments; the simulator and the embedded database are the real thing',
    good: [{ 'server/a.test.ts': 'const clock = new TestClock()\n' }],
    bad: [{ 'server/a.test.ts': "vi.mock('./store.ts')\n" }],
  },
  {
    name: 'no-raw-html',
    pattern: /\b(inner|outer)HTML\b|\bdangerouslySetInnerHTML\b|\binsertAdjacentHTML\b|\bdocument\.write\(/g,
    where: (path) => /^(web|simulator)\//.test(path) && /\.tsx?$/.test(path),
    instead: 'make elements and set textContent: what customers write is never markup',
    good: [{ 'web/a.tsx': 'element.textContent = text\n' }],
    bad: [
      { 'web/a.tsx': '<p dangerouslySetInnerHTML={{ __html: text }} />\n' },
      { 'simulator/web/a.ts': 'a.innerHTML = b\n' },
    ],
  },
  {
    name: 'logical-css',
    pattern:
      /(?<![\w-])((margin|padding|border|inset)-(left|right)|(left|right):\s*['"\d-]|text-align:\s*(left|right)|float:\s*(left|right)|-?(ml|mr|pl|pr|scroll-ml|scroll-mr|border-l|border-r|rounded-l|rounded-r|rounded-tl|rounded-tr|rounded-bl|rounded-br|left|right)-(\d|\[|auto|full|px)|text-(left|right)(?![\w-])|float-(left|right)(?![\w-])|(marginLeft|marginRight|paddingLeft|paddingRight)\b)/g,
    where: (path) => isWebSource(path) || (path.startsWith('simulator/web/') && /\.(tsx?|css)$/.test(path)),
    instead: 'use start and end (margin-inline-start, ms-2, text-start): Arabic runs the other way',
    good: [
      { 'web/a.css': 'p { margin-inline-start: 1px; text-align: start }\n' },
      { 'web/a.tsx': '<p className="ms-2 text-start border-line" />\n' },
    ],
    bad: [
      { 'web/a.css': 'p { margin-left: 1px }\n' },
      { 'web/a.tsx': '<p className="ml-2" />\n' },
      { 'web/b.tsx': '<p className="text-left" />\n' },
    ],
  },
  {
    name: 'every-entry-and-change',
    pattern: /\[0\]|\.at\(0\)|\.first\b/g,
    where: (path) =>
      /^server\/whatsapp\/normalise[^/]*\.ts$|^server\/whatsapp\/normalise\//.test(path) && !isTest(path),
    instead: 'go through all of them: a webhook carries several entries, changes, messages, statuses',
    good: [{ 'server/whatsapp/normalise.ts': 'for (const entry of body.entry) a(entry)\n' }],
    bad: [{ 'server/whatsapp/normalise-statuses.ts': 'const entry = body.entry[0]\n' }],
  },
  {
    name: 'no-type-escape',
    pattern:
      /@ts-(ignore|nocheck|expect-error)|biome-ignore-all|eslint-disable(?!-next-line)|oxlint-disable(?!-next-line)/g,
    where: (path) => isTypeScript(path) && path !== 'test/tidy/banned-text.ts',
    instead: 'make the types say it',
    good: [{ 'server/a.ts': 'a satisfies never\n' }],
    bad: [{ 'server/a.ts': '// @ts-ignore\n' }],
  },
]

/** Bans that look into comments too. */
const IN_COMMENTS = new Set(['no-type-escape'])

/** One rule for each ban. Comments are left out, except where the ban is about comments. */
export const bannedText = BANS.map((ban) =>
  fileRule({
    name: ban.name,
    instead: ban.instead,
    where: ban.where,
    checkFile: (file) => matches(file, ban),
    good: ban.good,
    bad: ban.bad,
  }),
)

function matches(file: SourceFile, ban: Ban) {
  const text = isTypeScript(file.path) && !IN_COMMENTS.has(ban.name) ? parse(file).code : withoutSqlComments(file)
  return [...text.matchAll(ban.pattern)].map((match) => ({
    path: file.path,
    line: lineAt(text, match.index),
    what: match[0].trim(),
  }))
}

function withoutSqlComments(file: SourceFile): string {
  return file.path.endsWith('.sql')
    ? file.text.replace(/--[^\n]*/g, (comment) => ' '.repeat(comment.length))
    : file.text
}
