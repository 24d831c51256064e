import { useSync } from '../../sync/browser.ts'

/** Whether the person may do what only owners may. The server checks it again. */
export function useIsOwner(): boolean {
  return useSync((state) => state.session?.me?.role === 'owner')
}
