import { Outlet, useLocation } from '@remix-run/react'
import { AppWindow, CircleUser } from 'lucide-react'
import { paths } from '~/platform/paths'
import { DashboardShell } from '~/ui/shell/dashboard-shell'

const items = [
  { to: paths.dashboard.apps, label: 'My apps', icon: AppWindow },
  { to: paths.dashboard.profile, label: 'Profile', icon: CircleUser },
]

export default function DashboardLayout() {
  const { pathname } = useLocation()
  return (
    <DashboardShell items={items} currentPath={pathname}>
      <Outlet />
    </DashboardShell>
  )
}
