import type { FastifyInstance } from 'fastify'
import type { Ids } from '../platform/ids.ts'
import { accountRoutes } from './account-routes.ts'
import type { ChangePictureDeps } from './change-picture.ts'
import { deviceRoutes } from './device-routes.ts'
import { type HealthRoutesDeps, healthRoutes } from './health-routes.ts'
import { reminderRoutes } from './reminder-routes.ts'

/** Everything about looking after a number. */
export function careRoutes(
  app: FastifyInstance,
  deps: HealthRoutesDeps & ChangePictureDeps & { readonly ids: Ids },
): void {
  healthRoutes(app, deps)
  accountRoutes(app, deps)
  deviceRoutes(app, deps)
  reminderRoutes(app, deps)
}
