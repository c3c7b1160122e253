// The site map: every address of the portal stands in a table of `route-tables/`, by audience; here they get their frames.
// The gateway, the admin API (whose addresses are in `routes/api/operations.ts`), /oauth/token, its two documents, /live
// and /ready are answered before it.
import { layout, prefix, type RouteConfig, route } from '@remix-run/route-config'
import { adminPages, adminResources } from './route-tables/admin'
import { authPages, authResources } from './route-tables/auth'
import { consumerPages, consumerResources } from './route-tables/consumer'
import { devRoutes } from './route-tables/dev'
import { publicPages, publicResources } from './route-tables/public'

export default [
  layout('routes/public/layout.tsx', [...publicPages, ...consumerPages]),
  ...publicResources,
  ...consumerResources,

  layout('routes/auth/layout.tsx', authPages),
  ...authResources,

  layout('routes/admin/layout.tsx', prefix('admin', adminPages)),
  ...prefix('admin', adminResources),

  ...devRoutes,

  // What the benchmarks compare pages with; no other build has it.
  ...(import.meta.env.MODE === 'bench' ? [route('bench/empty', '../bench/empty-page.tsx')] : []),
] satisfies RouteConfig
