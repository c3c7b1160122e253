// The document, and what every page knows of the portal and its viewer.

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useMatches,
  useRouteError,
} from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { countLabel } from '~/domain/accounts/bell'
import { canRequestOrganization } from '~/domain/organizations/policy'
import { readFlash, readTheme } from '~/platform/cookies'
import { requireVisitor } from '~/platform/guards'
import { logoToShow } from '~/platform/portal-look'
import stylesheet from '~/styles/app.css?url'
import { ErrorPage } from '~/ui/error-page'
import { NonceContext } from '~/ui/nonce'
import { type RootData, useOptionalRootData } from '~/ui/root-data'
import { Toast } from '~/ui/toast'
import textFont from '~fonts/text.woff2?url'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.portalName ?? 'Developer portal' },
]

export async function loader(args: LoaderFunctionArgs): Promise<RootData> {
  await requireVisitor(args)
  const { scope } = args.context
  const viewer = await scope.viewer()
  const { actor, settings, organization, cartCount, waiting, news } = viewer
  return {
    portalName: settings.portalName,
    accentColor: settings.accentColor,
    logo: logoToShow(settings),
    theme: readTheme(args.request),
    registrationEnabled: settings.registrationEnabled,
    viewer:
      actor.type === 'visitor'
        ? null
        : {
            name: actor.name,
            email: actor.email,
            role: actor.type,
            organizationName: organization?.name ?? null,
            isSuperAdmin: actor.type === 'developer' && actor.orgRole === 'super_admin',
            inDefaultOrganization: organization?.isDefault ?? false,
            organizationFrozen: organization?.isFrozen ?? false,
            canCreateOrganization: canRequestOrganization(viewer),
          },
    cartCount,
    waiting,
    news: news > 0 ? countLabel(news) : null,
    flash: readFlash(args.request),
    hasOutbox: scope.env.PORTICO_ENV === 'demo',
    now: scope.now,
  }
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext)
  const root = useOptionalRootData()
  // What a search engine shows below the title: pages that have something to say return it as `about`.
  const about = (useMatches().at(-1)?.data as { about?: string } | undefined)?.about
  // Only a plain hex color reaches the style sheet, whatever the database holds.
  const accent = /^#[0-9a-f]{6}$/i.test(root?.accentColor ?? '') ? root?.accentColor : null
  return (
    <html lang="en" {...(root && root.theme !== 'system' ? { 'data-theme': root.theme } : {})}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={stylesheet} />
        {/* Asked for together with the style sheet, which would name it one trip later. */}
        <link rel="preload" href={textFont} as="font" type="font/woff2" crossOrigin="anonymous" />
        {/* Also without an accent: the browser has no nonce for an element that comes later, but lets this one change. */}
        <style nonce={nonce}>{accent ? `:root{--accent-seed:${accent}}` : ''}</style>
        {about ? <meta name="description" content={about} /> : null}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  const { flash, now } = useLoaderData<typeof loader>()
  return (
    <>
      <Outlet />
      {flash ? (
        <Toast key={now} kind={flash.kind}>
          {flash.text}
        </Toast>
      ) : null}
    </>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (status === 404) {
    return (
      <ErrorPage
        status={404}
        title="Page not found"
        message="There is nothing at this address, or you may not see it."
      />
    )
  }
  if (status < 500) {
    const message =
      isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : 'The request was refused.'
    return <ErrorPage status={status} title="That did not work" message={message} />
  }
  return (
    <ErrorPage
      status={status}
      title="Something failed on our side"
      message="Nothing was changed. Try again in a minute; if it keeps failing, tell the people who run this portal."
    />
  )
}
