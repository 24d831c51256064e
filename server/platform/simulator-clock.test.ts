import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { TestClock } from './clock.ts'
import { followSimulatorClock } from './simulator-clock.ts'

test('follows the simulator when it is moved, holds when it is gone, and never goes back', async () => {
  const base = new TestClock(1_000_000)
  let simulatorMs = 5_000_000
  const server = createServer((_request, response) => response.end(JSON.stringify({ nowMs: simulatorMs })))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const clock = followSimulatorClock({
    simulatorUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    base,
  })
  expect(clock.nowMs(), 'before the first answer').toBe(1_000_000)
  await clock.refresh()
  expect(clock.nowMs()).toBe(5_000_000)
  simulatorMs = 9_000_000
  await clock.refresh()
  expect(clock.nowMs()).toBe(9_000_000)
  simulatorMs = 2_000_000
  await clock.refresh()
  expect(clock.nowMs(), 'a restarted simulator').toBe(9_000_000)
  simulatorMs = 10_000_000
  await clock.refresh()
  server.close()
  server.closeAllConnections()
  await clock.refresh()
  base.advanceMs(500)
  expect(clock.nowMs(), 'goes on by itself').toBe(10_000_500)
  clock.stop()
})
