// The shell of visitors and developers: the bar, the page up to 1200 px, the foot.
import { Link } from '@remix-run/react'
import { LayoutGrid, LogIn, type LucideIcon, ShoppingCart, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '~/ui/button'
import { cx } from '~/ui/class-names'
import type { Theme } from '~/ui/theme-switch'
import { AccountMenu, type Viewer } from './account-menu'
import { Bell } from './bell'
import { Brand, type Logo } from './brand'
import { currentItem } from './current'
import { Footer, Main, SkipLink } from './page-frame'

export type PortalShellProps = {
  portalName: string
  logo: Logo | null
  viewer: Viewer | null
  cartCount: number
  registrationEnabled: boolean
  currentPath: string
  theme: Theme
  /** The button of the command palette. */
  search?: ReactNode
  /** The whole window's width, as for the reference. */
  wide?: boolean | undefined
  children: ReactNode
}

export function PortalShell(props: PortalShellProps) {
  const { portalName, theme, currentPath, wide, children } = props
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <TopBar {...props} />
      <Main
        className={cx('mx-auto w-full flex-1 px-4 py-6 sm:px-6 sm:py-8', wide ? 'max-w-wide' : 'max-w-page')}
      >
        {children}
      </Main>
      <Footer portalName={portalName} theme={theme} currentPath={currentPath} wide={wide} />
    </div>
  )
}

function TopBar({
  portalName,
  logo,
  viewer,
  cartCount,
  registrationEnabled,
  currentPath,
  search,
  wide,
}: PortalShellProps) {
  const current = currentItem(['/catalogs', '/cart', '/auth/login'], currentPath)
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div
        className={cx(
          'mx-auto flex h-(--bar) items-center gap-0.5 px-4 sm:gap-2 sm:px-6',
          wide ? 'max-w-wide' : 'max-w-page',
        )}
      >
        <Brand portalName={portalName} logo={logo} />
        <nav aria-label="Main" className="ml-1 flex flex-1 items-center gap-0.5 sm:ml-4 sm:gap-1">
          <BarLink to="/catalogs" icon={LayoutGrid} current={current === '/catalogs'}>
            Catalogs
          </BarLink>
          <span className="flex-1" />
          {search}
          {viewer?.canCreateOrganization && (
            <span className="mx-1 max-lg:hidden">
              <ButtonLink to="/organizations/new" size="sm">
                Create an organization
              </ButtonLink>
            </span>
          )}
          {viewer?.role === 'developer' && <CartLink count={cartCount} current={current === '/cart'} />}
          {!viewer && (
            <BarLink to="/auth/login" icon={LogIn} current={current === '/auth/login'}>
              Log in
            </BarLink>
          )}
          {!viewer && registrationEnabled && (
            <ButtonLink
              to="/auth/register"
              variant="primary"
              size="sm"
              title="Register"
              className="max-sm:px-2"
            >
              <UserPlus aria-hidden className="size-4 sm:hidden" />
              <span className="max-sm:sr-only">Register</span>
            </ButtonLink>
          )}
        </nav>
        {viewer && <Bell />}
        {viewer && <AccountMenu viewer={viewer} />}
      </div>
    </header>
  )
}

const barLink =
  'flex h-9 items-center gap-2 rounded-control px-2 font-medium whitespace-nowrap hover:bg-hover hover:text-ink sm:px-2.5'

type BarLinkProps = { to: string; icon: LucideIcon; current: boolean; children: string }

/** An icon alone on phones: the portal's name needs the room. */
function BarLink({ to, icon: Icon, current, children }: BarLinkProps) {
  return (
    <Link
      to={to}
      title={children}
      aria-current={current ? 'page' : undefined}
      className={cx(barLink, current ? 'text-ink' : 'text-muted')}
    >
      <Icon aria-hidden className="size-4 sm:hidden" />
      <span className="max-sm:sr-only">{children}</span>
    </Link>
  )
}

function CartLink({ count, current }: { count: number; current: boolean }) {
  return (
    <Link
      to="/cart"
      aria-current={current ? 'page' : undefined}
      className={cx(barLink, current ? 'text-ink' : 'text-muted')}
    >
      <ShoppingCart aria-hidden className="size-4" />
      <span className="max-sm:sr-only">Cart</span>
      {count > 0 && (
        <span className="rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular-nums">
          {count}
          <span className="sr-only"> {count === 1 ? 'product' : 'products'}</span>
        </span>
      )}
    </Link>
  )
}
