import { Outlet, useLocation } from '@remix-run/react'
import { Activity, AppWindow, Building2, CircleUser, Users } from 'lucide-react'
import { paths } from '~/platform/paths'
import { Callout } from '~/ui/callout'
import { type RootViewer, useRootData } from '~/ui/root-data'
import { DashboardShell } from '~/ui/shell/dashboard-shell'
import { TextLink } from '~/ui/text-link'

export default function DashboardLayout() {
  const { pathname } = useLocation()
  const { viewer } = useRootData()
  return (
    <DashboardShell items={itemsFor(viewer)} currentPath={pathname}>
      {viewer?.organizationFrozen && (
        <Callout
          tone="amber"
          title={`All apps of ${viewer.organizationName} are frozen`}
          action={
            viewer.isSuperAdmin && pathname !== paths.dashboard.organization ? (
              <TextLink to={paths.dashboard.organization}>Organization</TextLink>
            ) : null
          }
        >
          The gateway refuses their keys until a super admin unfreezes them.
        </Callout>
      )}
      <Outlet />
    </DashboardShell>
  )
}

/** Admins are in no organization; its activity is for those who manage it. */
function itemsFor(viewer: RootViewer | null) {
  const profile = { to: paths.dashboard.profile, label: 'Profile', icon: CircleUser }
  if (viewer?.role !== 'developer') return [profile]
  const manages = viewer.isSuperAdmin && !viewer.inDefaultOrganization
  return [
    { to: paths.dashboard.apps, label: 'My apps', icon: AppWindow },
    { to: paths.dashboard.users, label: 'Users', icon: Users },
    { to: paths.dashboard.organization, label: 'Organization', icon: Building2 },
    ...(manages ? [{ to: paths.dashboard.activity, label: 'Activity', icon: Activity }] : []),
    profile,
  ]
}
