// Who is logged in, and what belongs to them.
import { AppWindow, Building2, ChevronDown, LogOut, Shield, UserRound } from 'lucide-react'
import { Avatar } from '~/ui/avatar'
import { Menu, MenuDivider, MenuForm, MenuLink } from '~/ui/menu'

export type Viewer = {
  name: string
  email: string
  role: 'admin' | 'developer'
  organizationName: string | null
  canCreateOrganization: boolean
}

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  return (
    <Menu
      label={`Account of ${viewer.name}`}
      triggerClassName="flex h-9 items-center gap-1.5 rounded-control px-1.5 hover:bg-hover"
      trigger={
        <>
          <Avatar name={viewer.name} size="sm" />
          <ChevronDown aria-hidden className="size-3.5 text-muted" />
        </>
      }
    >
      <div className="px-2.5 py-1.5">
        <p className="truncate font-medium">{viewer.name}</p>
        <p className="truncate text-sm text-muted">{viewer.email}</p>
        {viewer.organizationName && <p className="truncate text-sm text-muted">{viewer.organizationName}</p>}
      </div>
      <MenuDivider />
      {viewer.role === 'developer' && (
        <MenuLink to="/dashboard/apps" icon={AppWindow}>
          My apps
        </MenuLink>
      )}
      <MenuLink to="/dashboard/profile" icon={UserRound}>
        Profile
      </MenuLink>
      {viewer.canCreateOrganization && (
        <MenuLink to="/organizations/new" icon={Building2}>
          Create an organization
        </MenuLink>
      )}
      {viewer.role === 'admin' && (
        <MenuLink to="/admin" icon={Shield}>
          Admin
        </MenuLink>
      )}
      <MenuDivider />
      <MenuForm action="/auth/logout" icon={LogOut} reload>
        Log out
      </MenuForm>
    </Menu>
  )
}
