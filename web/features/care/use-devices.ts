import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeviceAnswer, DeviceBody, DevicesAnswer, LinkedDevice } from '../../../contract/api/devices.ts'
import { type Failure, get, post, type Result } from '../../sync/api.ts'

/** What was done last, and how to take it back. */
export interface Done {
  readonly what: 'saved' | 'removed' | 'undone'
  readonly name: string
  readonly undo: (() => Promise<void>) | null
}

export interface Devices {
  readonly answer: Result<DevicesAnswer> | undefined
  readonly done: Done | null
  readonly failure: Failure | null
  /** Writes a new device; `false` when that was refused. */
  add(device: DeviceBody): Promise<boolean>
  change(device: LinkedDevice, more: Partial<DeviceBody>): Promise<boolean>
  remove(device: LinkedDevice): Promise<void>
}

/** The linked devices of a number, and what can be done with them; the last act can be taken back. */
export function useDevices(numberId: string): Devices {
  const queries = useQueryClient()
  const [done, setDone] = useState<Done | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const base = `/numbers/${numberId}/devices`
  const answer = useQuery({ queryKey: ['devices', numberId], queryFn: () => get<DevicesAnswer>(base) }).data

  async function act<T>(call: () => Promise<Result<T>>, after: (value: T) => Done): Promise<boolean> {
    const result = await call()
    setFailure(result.ok ? null : result.failure)
    setDone(result.ok ? after(result.value) : null)
    await queries.invalidateQueries({ queryKey: ['devices', numberId] })
    return result.ok
  }
  /** Takes the last act back by its opposite. */
  const undo = (name: string, call: () => Promise<Result<unknown>>) => async () => {
    await act(call, () => ({ what: 'undone', name, undo: null }))
  }
  const removal = (id: string, removed: boolean) => post<undefined>(`${base}/${id}/removal`, { removed })
  const write = (id: string, body: DeviceBody) => post<DeviceAnswer>(`${base}/${id}`, body)

  return {
    answer,
    done,
    failure,
    add: (device) =>
      act(
        () => post<DeviceAnswer>(base, device),
        ({ device: { id, name } }) => ({ what: 'saved', name, undo: undo(name, () => removal(id, true)) }),
      ),
    change: (device, more) =>
      act(
        () => write(device.id, { ...bodyOf(device), ...more }),
        ({ device: { id, name } }) => ({ what: 'saved', name, undo: undo(name, () => write(id, bodyOf(device))) }),
      ),
    remove: async (device) => {
      const { id, name } = device
      await act(
        () => removal(id, true),
        () => ({ what: 'removed', name, undo: undo(name, () => removal(id, false)) }),
      )
    },
  }
}

function bodyOf({ name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs }: LinkedDevice): DeviceBody {
  return { name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs }
}
