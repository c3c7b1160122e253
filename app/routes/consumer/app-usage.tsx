import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { appUsage } from '~/platform/app-calls-pages'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { AppUsagePage } from '~/ui/gateway/app-usage-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Usage · ${data.app.name}` : 'Usage' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  return appUsage(args, ctx, paths.dashboard.appUsage)
}

export default function AppUsage() {
  const { app, shown, ranges } = useLoaderData<typeof loader>()
  return (
    <AppUsagePage
      appName={app.name}
      shown={shown}
      ranges={ranges}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      tabs={paths.dashboard.appTabs(app.id)}
      exportTo={paths.dashboard.exportAppUsage(app.id)}
    />
  )
}
