import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** What WhatsApp's refusals mean; `code` is looked for at once. */
export function refusalRoute<Root extends AnyRoute>(root: () => Root) {
  return createRoute({
    getParentRoute: root,
    path: '/refusals',
    component: lazyRouteComponent(() => import('../features/refusals/refusals-page.tsx'), 'RefusalsPage'),
    validateSearch: (search: Record<string, unknown>): { readonly code?: number } =>
      typeof search.code === 'number' ? { code: search.code } : {},
  })
}
