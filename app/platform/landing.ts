// Where one goes after signing in: back to the page one came from, if it is one for this role; else the role's own start.
import { paths } from './paths'
import { safeReturnTo } from './return-to'

const forDevelopersOnly = [paths.cart, paths.dashboard.apps]

export function landingPath(role: 'admin' | 'developer', returnTo: string | null = null): string {
  const home = role === 'admin' ? paths.admin.home : paths.catalogs
  const to = safeReturnTo(returnTo, home)
  const within = (prefix: string) =>
    to === prefix || to.startsWith(`${prefix}/`) || to.startsWith(`${prefix}?`)
  if (role === 'developer' && within(paths.admin.home)) return home
  if (role === 'admin' && forDevelopersOnly.some(within)) return home
  return to
}
