/** One of Meta's error codes: HTTP status, title, and the details shown when the place that fails knows nothing better. */
export interface ErrorRow {
  readonly status: number
  readonly title: string
  readonly details: string
}

export function row(status: number, title: string, details: string): ErrorRow {
  return { status, title, details }
}
