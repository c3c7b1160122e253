// What every page knows: the portal, who looks at it, and the toast to show. Loaded by the root.
import { useRouteLoaderData } from '@remix-run/react'
import type { Logo } from '~/ui/shell/brand'

export type RootViewer = {
  name: string
  email: string
  role: 'admin' | 'developer'
  organizationName: string | null
  isSuperAdmin: boolean
  inDefaultOrganization: boolean
  organizationFrozen: boolean
  canCreateOrganization: boolean
}

export type RootData = {
  portalName: string
  accentColor: string | null
  logo: Logo | null
  theme: 'system' | 'light' | 'dark'
  registrationEnabled: boolean
  viewer: RootViewer | null
  cartCount: number
  waiting: { users: number; organizations: number; accessRequests: number } | null
  /** How much the bell says is new, such as "3" or "99+". */
  news: string | null
  flash: { kind: 'success' | 'error' | 'info'; text: string } | null
  hasOutbox: boolean
  now: number
}

export function useRootData(): RootData {
  const data = useRouteLoaderData('root') as RootData | undefined
  if (!data) throw new Error('useRootData is for pages below the root')
  return data
}

/** The same for error pages, which may stand where the root's data is missing. */
export function useOptionalRootData(): RootData | null {
  return (useRouteLoaderData('root') as RootData | undefined) ?? null
}
