import { fileRule } from './rule.ts'
import { lineAt } from './source-tree.ts'

/** This file lists what the others may not say. */
const THIS_FILE = 'test/tidy/words.ts'

const WORDS: readonly {
  readonly pattern: RegExp
  readonly instead: string
  readonly bad: string
  readonly good: string
}[] = [
  {
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/g,
    instead: 'do it, or write down outside the code what is missing and why',
    bad: '// TODO later',
    good: '// Done todo-list',
  },
  {
    pattern: /\b(issue|ticket|bug|pr|pull request)s?\s*#?\d+\b|\b(fixes|closes|resolves|see)\s+#\d+/gi,
    instead: 'say the reason in words: a number means nothing to who reads this tomorrow',
    bad: '// see issue 12',
    good: '// A second issue of the journal',
  },
  {
    pattern:
      /\b(claude|chatgpt|copilot|openai codex|co-authored-by|(generated|written) (by|with) an? (ai|llm|assistant|model))\b/gi,
    instead: 'speak of what the code does, not of the tools it was made with',
    bad: '// Written by an assistant',
    good: '// Written by the phone',
  },
  {
    pattern: /(?<![\w.])(\/work\/|\/home\/[a-z]+\/|\/Users\/[A-Za-z]+\/)|\.\.\/shared\//g,
    instead: 'use a path inside the repository, or one the caller gives: another machine has other folders',
    bad: '// reads /home/ann/data',
    good: '// reads ./data',
  },
]

/** One rule for each family of words that says nothing to a reader of tomorrow. */
export const words = WORDS.map((word, index) =>
  fileRule({
    name: `words-${index + 1}`,
    instead: word.instead,
    where: (path) => path !== THIS_FILE && !path.startsWith('fixtures/') && path !== 'LICENSE',
    checkFile: (file) =>
      [...file.text.matchAll(word.pattern)].map((match) => ({
        path: file.path,
        line: lineAt(file.text, match.index),
        what: match[0],
      })),
    good: [{ 'server/a.ts': word.good }, { 'docs/a.md': word.good }],
    bad: [{ 'server/a.ts': word.bad }, { 'docs/a.md': word.bad }],
  }),
)
