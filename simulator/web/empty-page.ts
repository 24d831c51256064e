import { control } from './control-client.ts'
import { trying } from './dialogs.ts'
import { h } from './dom.ts'
import { otherLanguageAddress, t } from './language.ts'

/** What stands there before any scenario is loaded: one button that makes the shop. */
export function emptyPage(): HTMLElement {
  const button = h('button', { type: 'button', class: 'button main' }, t('loadShop'))
  button.addEventListener('click', () => {
    button.disabled = true
    button.textContent = t('loadingShop')
    trying(control.loadScenario('shop').then(() => location.reload()))
  })
  return h(
    'main',
    { class: 'nothing' },
    h('h1', {}, t('phone')),
    h('p', {}, t('noNumber')),
    button,
    h('a', { href: otherLanguageAddress() }, t('otherLanguage')),
  )
}
