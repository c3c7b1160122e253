// Where the things that a search finds are, and the pages of the portal that the command palette offers.
import type { SearchHit } from '~/domain/catalog/search'
import type { Actor } from '~/domain/kernel/actor'
import { paths } from './paths'

export function addressOf({ kind, productSlug, apiSlug, documented, slug }: SearchHit): string {
  if (kind === 'guide') return paths.productGuide(productSlug, slug)
  if (kind === 'operation' && apiSlug) return paths.productOperation(productSlug, apiSlug, slug)
  if (kind === 'api' && apiSlug && documented) return paths.productApi(productSlug, apiSlug)
  return paths.product(productSlug)
}

type PortalPage = { title: string; to: string }

const everyone: PortalPage[] = [{ title: 'Catalogs', to: paths.catalogs }]
const visitors: PortalPage[] = [{ title: 'Log in', to: paths.auth.login() }]
const developers: PortalPage[] = [
  { title: 'My apps', to: paths.dashboard.apps },
  { title: 'Cart', to: paths.cart },
  { title: 'Profile', to: paths.dashboard.profile },
]
const admins: PortalPage[] = [
  { title: 'Profile', to: paths.dashboard.profile },
  { title: 'Admin: Overview', to: paths.admin.home },
  { title: 'Admin: Users', to: paths.admin.users },
  { title: 'Admin: Organizations', to: paths.admin.organizations },
  { title: 'Admin: Teams', to: paths.admin.teams },
  { title: 'Admin: Invite codes', to: paths.admin.inviteCodes },
  { title: 'Admin: Apps', to: paths.admin.apps },
  { title: 'Admin: Access requests', to: paths.admin.accessRequests },
  { title: 'Admin: Products', to: paths.admin.products },
  { title: 'Admin: Plans', to: paths.admin.plans },
  { title: 'Admin: Catalogs', to: paths.admin.catalogs },
  { title: 'Admin: Audit log', to: paths.admin.auditLog },
  { title: 'Admin: Deliveries', to: paths.admin.deliveries },
  { title: 'Admin: General settings', to: paths.admin.settings },
  { title: 'Admin: Logo', to: paths.admin.logo },
  { title: 'Admin: Accent color', to: paths.admin.accentColor },
  { title: 'Admin: Home page text', to: paths.admin.homePage },
  { title: 'Admin: Admin users', to: paths.admin.admins },
  { title: 'Admin: API tokens', to: paths.admin.apiTokens },
  { title: 'Admin: Gateways', to: paths.admin.gateways },
]

/** The pages whose names hold the text; all of them when there is none. */
export function portalPages(actor: Actor, text: string): PortalPage[] {
  const own = actor.type === 'admin' ? admins : actor.type === 'developer' ? developers : visitors
  const wanted = text.trim().toLowerCase()
  return [...everyone, ...own].filter(({ title }) => title.toLowerCase().includes(wanted))
}
