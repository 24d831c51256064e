import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** The list of numbers, and a page for each with its tabs (`web/features/numbers/number-tabs.ts`). */
export function numberRoutes<Root extends AnyRoute>(root: () => Root) {
  const numbers = createRoute({
    getParentRoute: root,
    path: '/numbers',
    component: lazyRouteComponent(() => import('../features/numbers/numbers-page.tsx'), 'NumbersPage'),
  })
  const number = createRoute({
    getParentRoute: root,
    path: '/numbers/$numberId',
    component: lazyRouteComponent(() => import('../features/numbers/number-page.tsx'), 'NumberPage'),
  })
  const overview = createRoute({
    getParentRoute: () => number,
    path: '/',
    component: lazyRouteComponent(() => import('../features/numbers/overview-tab.tsx'), 'OverviewTab'),
  })
  const health = createRoute({
    getParentRoute: () => number,
    path: '/health',
    component: lazyRouteComponent(() => import('../features/care/health-tab.tsx'), 'HealthTab'),
  })
  const account = createRoute({
    getParentRoute: () => number,
    path: '/account',
    component: lazyRouteComponent(() => import('../features/care/account-tab.tsx'), 'AccountTab'),
  })
  const devices = createRoute({
    getParentRoute: () => number,
    path: '/devices',
    component: lazyRouteComponent(() => import('../features/care/devices-tab.tsx'), 'DevicesTab'),
  })
  const duty = createRoute({
    getParentRoute: () => number,
    path: '/duty',
    component: lazyRouteComponent(() => import('../features/duty/duty-tab.tsx'), 'DutyTab'),
  })
  const gaps = createRoute({
    getParentRoute: () => number,
    path: '/gaps',
    component: lazyRouteComponent(() => import('../features/gaps/gaps-tab.tsx'), 'GapsTab'),
  })
  const mode = createRoute({
    getParentRoute: () => number,
    path: '/mode',
    component: lazyRouteComponent(() => import('../features/connecting/mode-tab.tsx'), 'ModeTab'),
  })
  return [numbers, number.addChildren([overview, health, devices, account, gaps, duty, mode])] as const
}
