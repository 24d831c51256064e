import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** The templates: the list, a new one, one with its history. */
export function templateRoutes<Root extends AnyRoute>(root: () => Root) {
  const list = createRoute({
    getParentRoute: root,
    path: '/templates',
    component: lazyRouteComponent(() => import('../features/templates/templates-page.tsx'), 'TemplatesPage'),
  })
  const write = createRoute({
    getParentRoute: root,
    path: '/templates/new',
    component: lazyRouteComponent(() => import('../features/templates/new-template-page.tsx'), 'NewTemplatePage'),
  })
  const one = createRoute({
    getParentRoute: root,
    path: '/templates/$templateId',
    component: lazyRouteComponent(() => import('../features/templates/template-page.tsx'), 'TemplatePage'),
  })
  return [list, write, one] as const
}
