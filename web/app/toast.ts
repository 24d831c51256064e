import { create } from 'zustand'
import type { Result } from '../sync/api.ts'
import type { MessageKey } from './language.ts'

/** What was just done and can be taken back; `id` tells one toast from the next. */
export interface Toast {
  readonly id: number
  readonly done: MessageKey
  readonly undone: MessageKey
  readonly undo: () => Promise<Result<unknown>>
}

export const useToast = create<{ readonly shown: Toast | null }>(() => ({ shown: null }))

/** Says over every page what was just done, with the way back; one at a time. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  useToast.setState(({ shown }) => ({ shown: { ...toast, id: (shown?.id ?? 0) + 1 } }))
}

export function hideToast(): void {
  useToast.setState({ shown: null })
}
