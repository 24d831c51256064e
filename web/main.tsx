import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { applyAppearance } from './app/appearance.ts'
import { activateLanguage } from './app/language.ts'
import { usePreferences } from './app/preferences.ts'
import { startSync } from './sync/browser.ts'
import './ui/fonts.css'
import './ui/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

applyAppearance(usePreferences.getState())
startSync()
await activateLanguage(usePreferences.getState())
usePreferences.subscribe((preferences) => {
  applyAppearance(preferences)
  void activateLanguage(preferences)
})
createRoot(root).render(<App />)
