import { readFileSync } from 'node:fs'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The browser side: `web/` → `dist/web`, which the server hands out as files. */
export default defineConfig({
  root: 'web',
  plugins: [compiledMessages(), react(), tailwindcss()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // A font of some kilobytes inside the stylesheet would be loaded by everybody, whatever they write.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
})

/**
 * Turns `web/locales/*.json` (ICU messages) into compiled ones while building, so that no browser carries the parser.
 * Fails the build on a message that is not valid ICU.
 */
function compiledMessages(): Plugin {
  return {
    name: 'wasl-compiled-messages',
    enforce: 'pre',
    load(id) {
      if (!/\/web\/locales\/[a-z]+\.json$/.test(id)) return null
      const messages = Object.entries(JSON.parse(readFileSync(id, 'utf8')) as Record<string, string>)
      const compiled = Object.fromEntries(messages.map(([key, text]) => [key, compileMessage(text)]))
      return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' }
    },
  }
}
