/** Address of the simulated phone, from the simulator's own. */
export function phonePage(simulatorUrl: string): string {
  return new URL('/phone', simulatorUrl).href
}
