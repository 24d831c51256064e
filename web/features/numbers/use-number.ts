import { useParams } from '@tanstack/react-router'
import { type BusinessNumber, isTakenOff } from '../../../contract/number.ts'
import { useSync } from '../../sync/browser.ts'

/** The number whose page this is; `undefined` when the workspace has no such number. */
export function useNumber(): BusinessNumber | undefined {
  const numberId = useParams({ strict: false, select: (params) => params.numberId }) ?? ''
  const number = useSync((state) => state.inbox?.numbers[numberId])
  return number === undefined || isTakenOff(number) ? undefined : number
}
