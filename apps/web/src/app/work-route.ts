/** Where every route hangs: the root, and everything behind the sign-in. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router'
import { BareErrorPage } from './ErrorPages.tsx'
import { requireMember } from './guards.ts'
import { Workplace } from './Workplace.tsx'

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

/** Everything behind the sign-in. */
export const work = createRoute({
  getParentRoute: () => root,
  id: 'work',
  beforeLoad: requireMember,
  component: Workplace,
  errorComponent: BareErrorPage,
})
