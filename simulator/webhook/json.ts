/** Everything outside printable ASCII, and the slash. */
const ESCAPED = /[/\u007f-\uffff]/g

/**
 * A value as the JSON that Meta signs and sends: every character outside ASCII is `\uXXXX` in lower case and `/` is
 * `\/`. One character is one byte, so that the length of the text is its size on the wire.
 */
export function metaJson(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPED, (character) =>
    character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
