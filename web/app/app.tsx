import { DirectionProvider } from '@base-ui/react/direction-provider'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode } from 'react'
import { i18n } from './language.ts'
import { usePreferences } from './preferences.ts'
import { router } from './router.tsx'

/** Pages beside the inbox read by question and answer; the inbox itself lives from the feed. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: 2, staleTime: 10_000 } } })

export function App(): ReactNode {
  const language = usePreferences((preferences) => preferences.language)
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <DirectionProvider direction={language === 'ar' ? 'rtl' : 'ltr'}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </DirectionProvider>
      </I18nProvider>
    </StrictMode>
  )
}
