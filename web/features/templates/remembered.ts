import { z } from 'zod'

/** Templates that stand first because they were used last; values kept per template. */
const RECENT_MAX = 8
const VALUE_LENGTH_MAX = 1000

const recentShape = z.array(z.string()).catch([])
const valuesShape = z.record(z.string(), z.string()).catch({})

/** Storage as far as this needs it; `localStorage` in the browser. */
export interface Memory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** The templates that this member sent last, newest first. */
export function recentTemplates(memory: Memory, memberId: string): readonly string[] {
  return recentShape.parse(read(memory, `wasl.templates.recent.${memberId}`))
}

/** What this member filled in last, by the key of the input. */
export function rememberedValues(
  memory: Memory,
  memberId: string,
  templateId: string,
): Readonly<Record<string, string>> {
  return valuesShape.parse(read(memory, `wasl.templates.values.${memberId}.${templateId}`))
}

/** Remembers a template that was sent, and what filled it. A full browser remembers nothing, which harms nobody. */
export function rememberSent(
  memory: Memory,
  memberId: string,
  templateId: string,
  values: Readonly<Record<string, string>>,
): void {
  const others = recentTemplates(memory, memberId).filter((id) => id !== templateId)
  const short = Object.entries(values).filter(([, value]) => value.length <= VALUE_LENGTH_MAX)
  try {
    memory.setItem(`wasl.templates.recent.${memberId}`, JSON.stringify([templateId, ...others].slice(0, RECENT_MAX)))
    memory.setItem(`wasl.templates.values.${memberId}.${templateId}`, JSON.stringify(Object.fromEntries(short)))
  } catch {
    // QuotaExceededError is the only thing setItem throws.
  }
}

function read(memory: Memory, key: string): unknown {
  try {
    return JSON.parse(memory.getItem(key) ?? 'null')
  } catch {
    // Somebody else wrote under our key; the shape then gives what is empty.
    return null
  }
}
