import { fileRule } from '../tidy/rule.ts'
import { isTypeScript } from '../tidy/source-tree.ts'
import { effectsOf } from './effects.ts'
import { layerByName } from './layers.ts'

export const pureFiles = fileRule({
  name: 'pure-files',
  instead:
    'a file of a slice whose name says no effect (routes, *.job, *store, client, stream, <verb>-<noun>) only reckons: take values, give values',
  where: (path) => isTypeScript(path) && ['pure', 'contract'].includes(layerByName(path) ?? ''),
  checkFile: (file) => effectsOf(file, layerByName),
  good: [
    { 'server/inbox/decide.ts': "import { z } from 'zod'\nexport const decide = (a: number) => new Date(a)\n" },
    { 'server/inbox/store.ts': "import pg from 'pg'\nexport async function a() { await pg }\n" },
    { 'server/inbox/decide.test.ts': 'test(async () => { await a() })\n' },
    { 'server/inbox/write-note.ts': 'export async function writeNote() {}\n' },
    // Ids are given by the caller; the form they have is no effect.
    { 'server/inbox/decide.ts': "import type { Ids } from '../platform/ids.ts'\n" },
  ],
  bad: [
    { 'server/inbox/decide.ts': 'export async function decide() {}\n' },
    { 'server/inbox/decide.ts': 'export const decide = () => Date.now()\n' },
    { 'server/inbox/decide.ts': "import { readFileSync } from 'node:fs'\n" },
    { 'server/inbox/decide.ts': "import type { Sql } from '../platform/db.ts'\n" },
    { 'server/inbox/decide.ts': "import pg from 'pg'\n" },
    { 'contract/message.ts': "import { createHash } from 'node:crypto'\n" },
  ],
})
