import { fileRule, type Sample } from './rule.ts'
import { type AstNode, isTypeScript, lineAt, parse, walkAst } from './source-tree.ts'

/** Syntax that TypeScript allows and this house does not. */
const BANNED: readonly {
  readonly name: string
  readonly instead: string
  readonly is: (node: AstNode) => boolean
  readonly good: string
  readonly bad: readonly string[]
}[] = [
  {
    name: 'no-any',
    instead: 'use unknown and look at it, or write the type',
    is: (node) => node.type === 'TSAnyKeyword',
    good: 'const any = 1 // any\nconst a: unknown = "any"\n',
    bad: ['const a: any = 1\n', 'function f(x: Record<string, any>) {}\n', 'const a = b as any\n'],
  },
  {
    name: 'no-enum',
    instead: 'use a union of strings, or an object with `as const`: Node strips types, it does not compile',
    is: (node) => node.type === 'TSEnumDeclaration',
    good: "type A = 'x' | 'y'\n",
    bad: ['enum A { x }\n', 'export const enum B { y }\n'],
  },
  {
    name: 'no-namespace',
    instead: 'use a module',
    is: (node) => node.type === 'TSModuleDeclaration' && node.declare !== true && node.kind !== 'global',
    good: 'declare module "x" {}\n',
    bad: ['namespace A { export const b = 1 }\n'],
  },
  {
    name: 'no-parameter-property',
    instead: 'declare the field and assign it: Node strips types, it does not compile',
    is: (node) => node.type === 'TSParameterProperty',
    good: 'class A { readonly b: string\n  constructor(b: string) { this.b = b } }\n',
    bad: ['class A { constructor(readonly b: string) {} }\n', 'class A { constructor(private b: string) {} }\n'],
  },
  {
    name: 'no-empty-catch',
    instead:
      'expected failures are values, surprises are rethrown with cause; say why where an error truly does not matter',
    is: (node) => node.type === 'CatchClause' && (node.body as { body: unknown[] }).body.length === 0,
    good: 'try { a() } catch (error) { report(error) }\n',
    bad: ['try { a() } catch {}\n'],
  },
]

/** One rule for each piece of banned syntax. A comment inside an empty catch says why, and so allows it. */
export const bannedSyntax = BANNED.map((ban) =>
  fileRule({
    name: ban.name,
    instead: ban.instead,
    where: isTypeScript,
    checkFile: (file) => {
      const found: { path: string; line: number; what: string }[] = []
      walkAst(parse(file).program, (node) => {
        if (!ban.is(node)) return
        const text = file.text.slice(node.start, node.end)
        if (node.type === 'CatchClause' && /\/[/*]/.test(text)) return
        found.push({ path: file.path, line: lineAt(file.text, node.start), what: firstLine(text) })
      })
      return found
    },
    good: [sampleOf(ban.good)],
    bad: ban.bad.map(sampleOf),
  }),
)

function sampleOf(text: string): Sample {
  return { 'server/sample.ts': text }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 80)
}
