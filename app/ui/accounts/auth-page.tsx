// The frame of the pages for signing in and out of doors: one card, and under it the other way in.
import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useRootData } from '~/ui/root-data'
import { AuthShell } from '~/ui/shell/auth-shell'

type AuthPageProps = { title: string; description?: ReactNode; footer?: ReactNode; children: ReactNode }

export function AuthPage({ title, description, footer, children }: AuthPageProps) {
  const { portalName, logo, theme } = useRootData()
  const { pathname } = useLocation()
  return (
    <AuthShell
      portalName={portalName}
      logo={logo}
      theme={theme}
      currentPath={pathname}
      {...{ title, description, footer }}
    >
      {children}
    </AuthShell>
  )
}
