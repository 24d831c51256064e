import type { InputValue, TemplateInput } from '../../../contract/template-send.ts'

/** What a person typed as what a send takes: a place is two numbers, a time a moment. `undefined`: it is not one yet. */
export function readValue(input: TemplateInput, typed: string): InputValue | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  if (input.kind === 'location') {
    const match = /^(-?\d{1,2}(?:\.\d+)?)\s*[,،\s]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text)
    const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])]
    const on = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    return match !== null && on ? { latitude, longitude } : undefined
  }
  if (input.kind === 'time') {
    const ms = new Date(text).getTime()
    return Number.isNaN(ms) ? undefined : String(ms)
  }
  // WhatsApp takes no line breaks, tabs, or more than four spaces in a value.
  return text.replace(/\s*[\n\t]\s*/g, ' ').replace(/ {5,}/g, '    ')
}
