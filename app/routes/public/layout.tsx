// The frame of the pages of visitors and developers. An error stands inside it, so that one can go on from there.
import { isRouteErrorResponse, Outlet, useLocation, useRouteError } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ErrorPage } from '~/ui/error-page'
import { useOptionalRootData } from '~/ui/root-data'
import { PortalShell } from '~/ui/shell/portal-shell'
import { SearchButton } from '~/ui/shell/search-button'

export default function PublicLayout() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const isLoggedIn = Boolean(useOptionalRootData()?.viewer)
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (status === 404) {
    return (
      <Frame>
        <ErrorPage
          inShell
          status={404}
          title="Page not found"
          message={`There is nothing at this address, or you may not see it.${isLoggedIn ? '' : ' Logging in may help.'}`}
        />
      </Frame>
    )
  }
  const told =
    isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : 'The request was refused.'
  return (
    <Frame>
      <ErrorPage
        inShell
        status={status}
        title={status < 500 ? 'That did not work' : 'Something failed on our side'}
        message={status < 500 ? told : 'Nothing was changed. Try again in a minute.'}
      />
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const root = useOptionalRootData()
  const { pathname } = useLocation()
  if (!root) return children
  return (
    <PortalShell
      portalName={root.portalName}
      logo={root.logo}
      viewer={root.viewer}
      cartCount={root.cartCount}
      registrationEnabled={root.registrationEnabled}
      currentPath={pathname}
      theme={root.theme}
      search={<SearchButton />}
      wide={/^\/products\/[^/]+\/apis\//.test(pathname)}
    >
      {children}
    </PortalShell>
  )
}
