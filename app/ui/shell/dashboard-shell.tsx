// The developer's own pages, inside the portal shell: a side menu and the page.
import type { ReactNode } from 'react'
import { type NavItem, SideNav, SideNavButton } from './side-nav'

type DashboardShellProps = { items: readonly NavItem[]; currentPath: string; children: ReactNode }

export function DashboardShell({ items, currentPath, children }: DashboardShellProps) {
  return (
    <div className="grid min-w-0 gap-6 md:grid-cols-[12rem_minmax(0,1fr)] md:gap-10">
      <div className="max-md:contents">
        <SideNavButton label="Dashboard menu" />
        <SideNav
          label="Dashboard"
          groups={[{ items }]}
          currentPath={currentPath}
          className="md:top-[calc(var(--bar)+2rem)] md:-ml-2.5"
        />
      </div>
      <div className="flex min-w-0 flex-col gap-6">{children}</div>
    </div>
  )
}
