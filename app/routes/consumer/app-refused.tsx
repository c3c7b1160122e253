import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { appRefusedCalls } from '~/platform/app-calls-pages'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { AppRefusedPage } from '~/ui/gateway/app-refused-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Refused calls · ${data.app.name}` : 'Refused calls' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  return appRefusedCalls(args, ctx)
}

export default function AppRefused() {
  const { app, ...calls } = useLoaderData<typeof loader>()
  return (
    <AppRefusedPage
      {...calls}
      appName={app.name}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      tabs={paths.dashboard.appTabs(app.id)}
    />
  )
}
