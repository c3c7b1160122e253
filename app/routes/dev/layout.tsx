// The frame of the pages that exist in the demo and in tests only.
import { Outlet, useLocation } from '@remix-run/react'
import { paths } from '~/platform/paths'
import { useRootData } from '~/ui/root-data'
import { Brand } from '~/ui/shell/brand'
import { Footer, Main, SkipLink } from '~/ui/shell/page-frame'
import { TextLink } from '~/ui/text-link'

export default function DevLayout() {
  const { portalName, logo, theme } = useRootData()
  const { pathname } = useLocation()
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-(--bar) max-w-page items-center justify-between gap-4 px-4 sm:px-6">
          <Brand portalName={portalName} logo={logo} />
          <nav aria-label="Portal" className="flex gap-4">
            <TextLink to={paths.dev.outbox} plain>
              Outbox
            </TextLink>
            <TextLink to={paths.auth.login()} plain>
              Log in
            </TextLink>
          </nav>
        </div>
      </header>
      <Main className="mx-auto flex w-full max-w-page flex-1 flex-col gap-6 px-4 py-6 sm:px-6">
        <Outlet />
      </Main>
      <Footer portalName={portalName} theme={theme} currentPath={pathname} />
    </div>
  )
}
