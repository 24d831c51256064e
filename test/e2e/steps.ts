import { beforeEach } from 'vitest'
import { NO_CHROMIUM } from './browser.ts'

/**
 * The steps of a journey hang on each other: after one that failed, the rest would only repeat its cause. To be called in
 * the `describe` of the journey.
 */
export function stepsHangTogether(): void {
  let stumbled = false
  beforeEach((context) => {
    context.skip(NO_CHROMIUM !== '', NO_CHROMIUM)
    context.skip(stumbled, 'an earlier step of this journey failed')
    context.onTestFailed(() => {
      stumbled = true
    })
  })
}
