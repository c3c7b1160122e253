// The frame of every admin page: the menu, with counts of what waits.
import type { LoaderFunctionArgs } from '@remix-run/cloudflare'
import { isRouteErrorResponse, Outlet, useLocation, useRouteError } from '@remix-run/react'
import {
  AppWindow,
  Braces,
  Building2,
  ChartColumn,
  Gauge,
  History,
  House,
  KeyRound,
  Library,
  Mail,
  MailOpen,
  Package,
  ShieldCheck,
  SlidersHorizontal,
  Ticket,
  Users,
  UsersRound,
  Waypoints,
  Webhook,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { ErrorPage } from '~/ui/error-page'
import { type RootData, useOptionalRootData } from '~/ui/root-data'
import { AdminShell } from '~/ui/shell/admin-shell'
import { SearchButton } from '~/ui/shell/search-button'
import type { NavGroup } from '~/ui/shell/side-nav'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export default function AdminLayout() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const page =
    status === 404
      ? { title: 'Page not found', message: 'There is nothing at this address, or it is gone.' }
      : status < 500
        ? {
            title: 'That did not work',
            message:
              isRouteErrorResponse(error) && typeof error.data === 'string'
                ? error.data
                : 'The request was refused.',
          }
        : { title: 'Something failed on our side', message: 'Nothing was changed. Try again in a minute.' }
  return (
    <Frame fallback={<ErrorPage status={status} {...page} />}>
      <ErrorPage
        inShell
        status={status}
        {...page}
        action={
          <ButtonLink to={paths.admin.home} variant="primary">
            Go to the overview
          </ButtonLink>
        }
      />
    </Frame>
  )
}

/** The shell, for admins only: whoever else gets an error here learns nothing of the menu. */
function Frame({ children, fallback = children }: { children: ReactNode; fallback?: ReactNode }) {
  const root = useOptionalRootData()
  const { pathname } = useLocation()
  if (root?.viewer?.role !== 'admin') return fallback
  return (
    <AdminShell
      portalName={root.portalName}
      logo={root.logo}
      viewer={{ ...root.viewer, canCreateOrganization: false }}
      groups={menu(root.waiting)}
      currentPath={pathname}
      theme={root.theme}
      search={<SearchButton />}
    >
      {children}
    </AdminShell>
  )
}

function menu(waiting: RootData['waiting']): NavGroup[] {
  const { admin } = paths
  return [
    { items: [{ to: admin.home, label: 'Overview', icon: House }] },
    {
      label: 'API consumers',
      items: [
        { to: admin.users, label: 'Users', icon: Users, count: waiting?.users },
        { to: admin.organizations, label: 'Organizations', icon: Building2, count: waiting?.organizations },
        { to: admin.teams, label: 'Teams', icon: UsersRound },
        { to: admin.inviteCodes, label: 'Invite codes', icon: Ticket },
        { to: admin.apps, label: 'Apps', icon: AppWindow },
        {
          to: admin.accessRequests,
          label: 'Access requests',
          icon: KeyRound,
          count: waiting?.accessRequests,
        },
      ],
    },
    {
      label: 'Developer portal',
      items: [
        { to: admin.products, label: 'Products', icon: Package },
        { to: admin.plans, label: 'Plans', icon: Gauge },
        { to: admin.catalogs, label: 'Catalogs', icon: Library },
        { to: admin.gateways, label: 'Gateways', icon: Waypoints },
      ],
    },
    {
      label: 'Operations',
      items: [
        { to: admin.auditLog, label: 'Audit log', icon: History },
        { to: admin.deliveries, label: 'Deliveries', icon: Mail },
        { to: admin.usage, label: 'Usage', icon: ChartColumn },
      ],
    },
    {
      label: 'Settings',
      items: [
        { to: admin.settings, label: 'General', icon: SlidersHorizontal },
        { to: admin.emails, label: 'Emails', icon: MailOpen },
        { to: admin.webhooks.list, label: 'Webhooks', icon: Webhook },
        { to: admin.admins, label: 'Admin users', icon: ShieldCheck },
        { to: admin.apiTokens, label: 'API tokens', icon: Braces },
      ],
    },
  ]
}
