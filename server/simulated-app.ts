import { createHmac } from 'node:crypto'
import type { MetaApp } from './config.ts'

/** The app the simulator knows: the same after every start, and nowhere written down. */
export function simulatedApp(key: Buffer): MetaApp {
  const derive = (what: string) => createHmac('sha256', key).update(`simulated ${what}`).digest('hex').slice(0, 32)
  return {
    appId: '1000000000000001',
    appSecrets: [derive('app secret')],
    verifyToken: derive('verify token'),
    configId: null,
  }
}
