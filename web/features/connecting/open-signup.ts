import type { ConnectWay, SignupBody, SignupLauncher } from '../../../contract/api/connecting.ts'
import { popupResult, readPopupMessage, type Said } from './popup-message.ts'

/** How often a popup is looked at that may have been closed. Milliseconds. */
const CLOSED_POLL_MS = 400
/** How long after the login its session message may still come: the code lives for 30 seconds and must not wait for it. */
const SESSION_WAIT_MS = 1_500
const SDK_URL = 'https://connect.facebook.net/en_US/sdk.js'
/** Of a number that stays on the phone. `coexistence`, its name before May 2025, is no longer taken. */
const COEXISTENCE = 'whatsapp_business_app_onboarding'

interface FacebookSdk {
  init(options: { appId: string; version: string; xfbml: boolean; autoLogAppEvents: boolean }): void
  login(
    callback: (response: { readonly authResponse?: { readonly code?: string } | null }) => void,
    options: Readonly<Record<string, unknown>>,
  ): void
}

/** Loads what opening will need, before the click: a popup that opens later than the click is blocked. */
export async function prepareSignup(launcher: SignupLauncher): Promise<void> {
  if (launcher.kind !== 'meta' || sdk() !== undefined) return
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SDK_URL
    script.crossOrigin = 'anonymous'
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error('the SDK of Facebook cannot be loaded')))
    document.head.append(script)
  })
  sdk()?.init({
    appId: launcher.appId,
    version: launcher.graphVersion,
    xfbml: false,
    autoLogAppEvents: false,
  })
}

/**
 * Whether Meta's SDK refuses this page: it signs in on HTTPS pages, and on http://localhost while the app is in development.
 * Source: https://developers.facebook.com/blog/post/2018/06/08/enforce-https-facebook-login/
 */
export function isRefusedPage(
  launcher: SignupLauncher,
  page: { readonly protocol: string; readonly hostname: string },
): boolean {
  return launcher.kind === 'meta' && page.protocol !== 'https:' && page.hostname !== 'localhost'
}

/** Opens the popup and gives what came of it; `blocked` when the browser did not let it open. */
export function openSignup(
  launcher: SignupLauncher,
  origins: readonly string[],
  options: { readonly way: ConnectWay; readonly language: string },
): Promise<SignupBody | 'blocked'> {
  return new Promise((resolve) => {
    let said: Said | null = null
    let ended = false
    const end = (result: SignupBody | 'blocked') => {
      if (ended) return
      ended = true
      removeEventListener('message', listen)
      resolve(result)
    }
    const login = (code: string | null) => {
      if (said !== null) return end(popupResult(said, code))
      setTimeout(() => end(popupResult(said, code)), SESSION_WAIT_MS)
    }
    const listen = (event: MessageEvent) => {
      const message = readPopupMessage(event, origins)
      if (message?.kind === 'said') said = message.said
      if (message?.kind === 'login') login(message.code)
    }
    addEventListener('message', listen)
    if (!launch(launcher, options, login)) end('blocked')
  })
}

function launch(
  launcher: SignupLauncher,
  options: { readonly way: ConnectWay; readonly language: string },
  login: (code: string | null) => void,
): boolean {
  const featureType = options.way === 'coexistence' ? COEXISTENCE : ''
  if (launcher.kind === 'simulator') return openSimulated(launcher.popupUrl, { ...options, featureType }, login)
  const facebook = sdk()
  if (launcher.kind !== 'meta' || facebook === undefined) return false
  facebook.login((response) => login(response.authResponse?.code ?? null), {
    config_id: launcher.configId,
    response_type: 'code',
    override_default_response_type: true,
    extras: { setup: {}, featureType, sessionInfoVersion: '3' },
  })
  return true
}

function openSimulated(
  popupUrl: string,
  options: { readonly featureType: string; readonly language: string },
  login: (code: string | null) => void,
): boolean {
  const url = new URL(popupUrl)
  url.searchParams.set('origin', location.origin)
  url.searchParams.set('feature', options.featureType)
  url.searchParams.set('lang', options.language)
  const popup = window.open(url, 'signup', 'popup,width=560,height=760')
  if (popup === null) return false
  // Closed by its own cross: then it could not say anything.
  const timer = setInterval(() => {
    if (!popup.closed) return
    clearInterval(timer)
    login(null)
  }, CLOSED_POLL_MS)
  return true
}

function sdk(): FacebookSdk | undefined {
  return (window as Window & { readonly FB?: FacebookSdk }).FB
}
