// The shell of admins: a slim bar, a side menu in groups with counts of what waits, and the page.
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '~/ui/button'
import { type Theme, ThemeSwitch } from '~/ui/theme-switch'
import { AccountMenu, type Viewer } from './account-menu'
import { Bell } from './bell'
import { Brand, type Logo } from './brand'
import { Main, SkipLink } from './page-frame'
import { type NavGroup, SideNav, SideNavButton } from './side-nav'

type AdminShellProps = {
  portalName: string
  logo: Logo | null
  viewer: Viewer
  groups: readonly NavGroup[]
  currentPath: string
  theme: Theme
  search?: ReactNode
  children: ReactNode
}

export function AdminShell({
  portalName,
  logo,
  viewer,
  groups,
  currentPath,
  theme,
  search,
  children,
}: AdminShellProps) {
  return (
    <div className="flex min-h-dvh flex-col [--bar:3rem]">
      <SkipLink />
      <header className="sticky top-0 z-30 flex h-(--bar) items-center gap-2 border-b border-line bg-surface px-4">
        <Brand portalName={portalName} logo={logo} to="/admin" />
        <span className="rounded-full border border-line px-2 text-xs font-medium text-muted max-sm:hidden">
          Admin
        </span>
        <span className="flex-1" />
        {search}
        <span className="max-sm:hidden">
          <ButtonLink to="/" variant="quiet" size="sm" icon={ExternalLink}>
            View portal
          </ButtonLink>
        </span>
        <Bell />
        <AccountMenu viewer={viewer} />
      </header>
      <div className="grid flex-1 max-md:grid-rows-[auto_1fr] md:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="border-line md:border-r md:bg-sunken">
          <div className="flex border-b border-line bg-sunken px-4 py-2 md:hidden">
            <SideNavButton label="Admin menu" />
          </div>
          <SideNav
            label="Admin"
            groups={groups}
            currentPath={currentPath}
            className="md:top-(--bar) md:max-h-[calc(100dvh-var(--bar))] md:overflow-y-auto md:px-3 md:py-4"
          />
        </div>
        <div className="flex min-w-0 flex-col">
          <Main className="mx-auto flex w-full max-w-page flex-1 flex-col gap-6 px-4 py-6 sm:px-6">
            {children}
          </Main>
          <footer className="mx-auto flex w-full max-w-page justify-end px-4 pb-4 sm:px-6">
            <ThemeSwitch theme={theme} returnTo={currentPath} />
          </footer>
        </div>
      </div>
    </div>
  )
}
