import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** The playbooks: the list, Wasl's own pages, the firm's. */
export function playbookRoutes<Root extends AnyRoute>(root: () => Root) {
  const list = createRoute({
    getParentRoute: root,
    path: '/playbooks',
    component: lazyRouteComponent(() => import('../features/playbooks/playbooks-page.tsx'), 'PlaybooksPage'),
  })
  const builtIn = createRoute({
    getParentRoute: root,
    path: '/playbooks/$page',
    component: lazyRouteComponent(() => import('../features/playbooks/playbook-page.tsx'), 'BuiltInPlaybookPage'),
  })
  const own = createRoute({
    getParentRoute: root,
    path: '/playbooks/own/$playbookId',
    component: lazyRouteComponent(() => import('../features/playbooks/own-playbook-page.tsx'), 'OwnPlaybookPage'),
  })
  const write = createRoute({
    getParentRoute: root,
    path: '/playbooks/new',
    component: lazyRouteComponent(() => import('../features/playbooks/new-playbook-page.tsx'), 'NewPlaybookPage'),
  })
  return [list, builtIn, own, write] as const
}
