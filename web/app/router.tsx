import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isTakenOff } from '../../contract/number.ts'
import { InboxScreen } from '../features/conversations/inbox-screen.tsx'
import { isView, type View } from '../features/conversations/views.ts'
import { ConversationScreen } from '../features/thread/conversation-screen.tsx'
import { useSync } from '../sync/browser.ts'
import { Broken, NotFound } from './broken.tsx'
import { connectRoutes } from './connect-routes.tsx'
import { contactRoutes } from './contact-routes.tsx'
import { costRoute } from './cost-route.tsx'
import { Frame } from './frame.tsx'
import { numberRoutes } from './number-routes.tsx'
import { playbookRoutes } from './playbook-routes.tsx'
import { refusalRoute } from './refusal-route.tsx'
import { templateRoutes } from './template-routes.tsx'

/** What a view's address may say besides the view itself. */
export interface InboxSearch {
  /** Only conversations of this number. */
  readonly number?: string
  /** On a narrow screen the customer's details stand in place of the thread. */
  readonly panel?: 'details'
}

const rootRoute = createRootRoute({ component: Frame, errorComponent: Broken, notFoundComponent: NotFound })

const startRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Start })

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/welcome/welcome-page.tsx'), 'WelcomePage'),
})

const inboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox/$view',
  component: InboxScreen,
  params: {
    parse: ({ view }): { view: View } => ({ view: isView(view) ? view : 'all' }),
    stringify: ({ view }) => ({ view }),
  },
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(typeof search.number === 'string' ? { number: search.number } : {}),
    ...(search.panel === 'details' ? { panel: 'details' } : {}),
  }),
})

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
  component: ConversationScreen,
})

const unrecognisedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unrecognised',
  component: lazyRouteComponent(() => import('../features/unrecognised/unrecognised-page.tsx'), 'UnrecognisedPage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    startRoute,
    welcomeRoute,
    inboxRoute.addChildren([conversationRoute]),
    ...connectRoutes(() => rootRoute),
    ...contactRoutes(() => rootRoute),
    ...numberRoutes(() => rootRoute),
    costRoute(() => rootRoute),
    ...templateRoutes(() => rootRoute),
    ...playbookRoutes(() => rootRoute),
    refusalRoute(() => rootRoute),
    unrecognisedRoute,
    settingsRoute,
  ]),
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** The bare address: two doors while no number is connected, else the inbox. */
function Start(): ReactNode {
  const connected = useSync((state) => Object.values(state.inbox?.numbers ?? {}).some((number) => !isTakenOff(number)))
  return connected ? (
    <Navigate to="/inbox/$view" params={{ view: 'all' }} replace />
  ) : (
    <Navigate to="/welcome" replace />
  )
}
