import type { SignupLauncher } from '../../contract/api/connecting.ts'

/** Where Meta's own popup speaks from. A page elsewhere whose name merely ends like this is none of them. */
const META_ORIGINS = ['https://www.facebook.com', 'https://web.facebook.com'] as const

/** How the popup is opened, and whose messages the page takes: the simulator's only while it runs. */
export function signupLauncher(given: {
  readonly appId: string
  readonly configId: string | null
  readonly graphVersion: string
  readonly simulatorUrl: string | null
}): { readonly launcher: SignupLauncher; readonly origins: readonly string[] } {
  const { appId, configId, graphVersion, simulatorUrl } = given
  if (simulatorUrl !== null) {
    const { origin } = new URL(simulatorUrl)
    return { launcher: { kind: 'simulator', popupUrl: `${origin}/signup` }, origins: [origin] }
  }
  if (configId === null) return { launcher: { kind: 'missing' }, origins: [] }
  return { launcher: { kind: 'meta', appId, configId, graphVersion }, origins: META_ORIGINS }
}
