import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readContactsSearch } from '../features/contacts/contacts-search.ts'

/** The customers: the list, and a page for each. */
export function contactRoutes<Root extends AnyRoute>(root: () => Root) {
  const list = createRoute({
    getParentRoute: root,
    path: '/contacts',
    component: lazyRouteComponent(() => import('../features/contacts/contacts-page.tsx'), 'ContactsPage'),
    validateSearch: readContactsSearch,
  })
  const contact = createRoute({
    getParentRoute: root,
    path: '/contacts/$contactId',
    component: lazyRouteComponent(() => import('../features/contacts/contact-page.tsx'), 'ContactPage'),
  })
  return [list, contact] as const
}
