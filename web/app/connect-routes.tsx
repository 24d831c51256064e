import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/**
 * Connecting a number. Always entered by loading the page, never by a step inside the app: only this document may speak
 * with a popup of another origin (server/connecting/page-headers.ts).
 */
export function connectRoutes<Root extends AnyRoute>(root: () => Root) {
  const connect = createRoute({
    getParentRoute: root,
    path: '/connect',
    component: lazyRouteComponent(() => import('../features/connecting/connect-page.tsx'), 'ConnectPage'),
    validateSearch: (search: Record<string, unknown>): { readonly number?: string } =>
      typeof search.number === 'string' ? { number: search.number } : {},
  })
  return [connect] as const
}
