import { queryOptions } from '@tanstack/react-query'
import type { PlaybooksAnswer } from '../../../contract/api/playbooks.ts'
import { get } from '../../sync/api.ts'

/** The firm's own pages, asked for once and again after each writing. */
export const OWN_PLAYBOOKS = queryOptions({
  queryKey: ['playbooks'],
  queryFn: () => get<PlaybooksAnswer>('/playbooks'),
})
