import type { GraphFailure } from '../graph/call.ts'

/** A part of a message as it came: JSON nobody has looked at. */
export type Part = Readonly<Record<string, unknown>>

/** Gives the first failure of several checks, or `null`. */
export function firstFailure(...checks: readonly (GraphFailure | null | false)[]): GraphFailure | null {
  for (const failure of checks) if (failure) return failure
  return null
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** 131008: a parameter that must be there is not. */
export function missing(name: string, type?: string): GraphFailure {
  return {
    code: 131008,
    details:
      type === undefined ? `Parameter '${name}' is mandatory.` : `Parameter '${name}' is mandatory for type '${type}'`,
  }
}

/** 131009: a parameter has a value that cannot be. */
export function badValue(details: string): GraphFailure {
  return { code: 131009, details }
}

/** 100: a parameter has the wrong shape or length. */
export function invalid(details: string): GraphFailure {
  return { code: 100, details }
}

/** A text of 1 to `max` characters (code points); `optional` ones may be absent. */
export function checkText(
  value: unknown,
  name: string,
  max: number,
  rule: 'required' | 'optional' = 'required',
): GraphFailure | null {
  if (value === undefined || value === null) return rule === 'optional' ? null : missing(name)
  if (typeof value !== 'string') return invalid(`Param ${name} must be a string.`)
  if (value.trim() === '') return rule === 'optional' ? null : missing(name)
  return [...value].length > max ? invalid(`Param ${name} must be at most ${max} characters long.`) : null
}

/** A list of `min` to `max` objects. */
export function checkList(value: unknown, name: string, min: number, max: number): GraphFailure | null {
  if (!Array.isArray(value)) return missing(name)
  if (value.length < min) return badValue(`Param ${name} must have at least ${min} element${min === 1 ? '' : 's'}.`)
  if (value.length > max) return badValue(`Param ${name} must have at most ${max} elements.`)
  return value.every(isPart) ? null : invalid(`Param ${name} must be a list of objects.`)
}

/** The objects of a list that was checked. */
export function parts(value: unknown): Part[] {
  return Array.isArray(value) ? value.filter(isPart) : []
}

/** Two elements with one value: Meta refuses repeated ids and titles. */
export function checkDistinct(values: readonly unknown[], name: string): GraphFailure | null {
  return new Set(values).size < values.length ? badValue(`Param ${name} must be unique.`) : null
}

/** An http or https address. */
export function checkUrl(value: unknown, name: string): GraphFailure | null {
  if (value === undefined) return missing(name)
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value)
    ? null
    : badValue(`Param ${name} is not a valid URI.`)
}
