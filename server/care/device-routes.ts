import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type DeviceAnswer, type DevicesAnswer, deviceBody, deviceRemovalBody } from '../../contract/api/devices.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { readDevices, readSurroundings } from './device-store.ts'
import { deviceView } from './device-view.ts'
import { type NumberDoor, numberOf } from './number-routes.ts'
import { removeDevice, type SaveDeviceDeps, type SaveDeviceOutcome, saveDevice } from './save-device.ts'

const deviceParams = z.object({ deviceId: z.uuid() })

/** `…/devices` of a number: what people say is linked to its phone. */
export function deviceRoutes(app: FastifyInstance, deps: SaveDeviceDeps & NumberDoor & { readonly ids: Ids }): void {
  const placeOf = async (request: FastifyRequest, id: string) => {
    const { workspaceId, numberId, member } = await numberOf(deps, request)
    return { workspaceId, numberId, memberId: member.id, id }
  }

  app.get('/api/v1/numbers/:id/devices', async (request): Promise<DevicesAnswer> => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    return readWorkspace(deps.database, workspaceId, async (sql) => {
      const around = await readSurroundings(sql, workspaceId, numberId)
      if (around === null) throw new ApiFault('not_found')
      const devices = await readDevices(sql, workspaceId, numberId)
      const nowMs = deps.clock.nowMs()
      return {
        devices: devices.map((device) => deviceView(device, { ...around, nowMs })),
        allUnlinkedAtMs: around.allUnlinkedAtMs,
      }
    })
  })

  app.post('/api/v1/numbers/:id/devices', async (request, reply) => {
    const place = await placeOf(request, deps.ids.next())
    return answer(reply, 201, await saveDevice(deps, place, readInput(deviceBody, request.body), true))
  })

  app.post('/api/v1/numbers/:id/devices/:deviceId', async (request, reply) => {
    const place = await placeOf(request, deviceIdOf(request))
    return answer(reply, 200, await saveDevice(deps, place, readInput(deviceBody, request.body), false))
  })

  app.post('/api/v1/numbers/:id/devices/:deviceId/removal', async (request, reply) => {
    const place = await placeOf(request, deviceIdOf(request))
    const { removed } = readInput(deviceRemovalBody, request.body)
    const refusal = await removeDevice(deps, place, removed)
    return refusal === null ? reply.code(204).send() : sendFault(reply, refusal.code, refusal.details)
  })
}

function deviceIdOf(request: FastifyRequest): string {
  const params = deviceParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.deviceId
}

function answer(reply: FastifyReply, status: number, outcome: SaveDeviceOutcome): FastifyReply {
  if (!outcome.ok) return sendFault(reply, outcome.code, outcome.details)
  const body: DeviceAnswer = { device: outcome.device }
  return reply.code(status).send(body)
}
