import type { z } from 'zod'

/** One call of Graph as data: what to ask, and how its answer is read. */
export interface GraphRequest<T> {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below the version, e.g. `106540352242922/username`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly shape: z.ZodType<T>
}
