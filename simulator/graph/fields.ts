import type { GraphFailure } from './call.ts'

/** One field that a call asks for, e.g. `analytics.start(1).end(2)`: its name, and what it is asked with. */
export interface AskedField {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Reads `fields=`: commas between fields, not inside `{…}` and `(…)`. Meta refuses a field that the node does not have, so
 * that a misspelt one is found at once.
 */
export function askedFields(
  text: string,
  known: readonly string[],
  node: string,
): readonly AskedField[] | GraphFailure {
  const asked = splitOutside(text).map(readField)
  const unknown = asked.find(({ name }) => !known.includes(name))
  if (!unknown) return asked
  return { code: 100, message: `(#100) Tried accessing nonexisting field (${unknown.name}) on node type (${node})` }
}

function splitOutside(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if ('({['.includes(character)) depth++
    if (')}]'.includes(character)) depth--
    if (character === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function readField(part: string): AskedField {
  const name = /^\w*/.exec(part)?.[0] ?? ''
  const parameters = [...part.matchAll(/\.(\w+)\(([^)]*)\)/g)].map((match) => [match[1] ?? '', match[2] ?? ''])
  return { name, parameters: Object.fromEntries(parameters) }
}
