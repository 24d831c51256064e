import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** What the messages cost. */
export function costRoute<Root extends AnyRoute>(root: () => Root) {
  return createRoute({
    getParentRoute: root,
    path: '/costs',
    component: lazyRouteComponent(() => import('../features/costs/costs-page.tsx'), 'CostsPage'),
  })
}
