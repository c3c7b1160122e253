import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { usageShown } from '~/domain/gateway/app-usage-view'
import { getAppUsage } from '~/domain/gateway/queries-app-usage.server'
import { usageRange, usageRanges } from '~/domain/gateway/usage-report'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { AppTabs } from '~/ui/apps/app-tabs'
import { ExportLink } from '~/ui/export-link'
import { AppUsage } from '~/ui/gateway/app-usage'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Usage · ${data.app.name}` : 'Usage' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const range = usageRange(new URL(args.request.url).searchParams.get('range'))
  const usage = await orNotFound(getAppUsage(ctx, appId, range))
  const address = paths.admin.appUsage(appId)
  return {
    app: usage.app,
    shown: usageShown(usage, range, ctx.now),
    ranges: usageRanges.map(({ value, label }) => ({ value, label, to: `${address}?range=${value}` })),
  }
}

export default function AppUsagePage() {
  const { app, shown, ranges } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={app.name}
        breadcrumbs={[{ label: 'Apps', to: paths.admin.apps }]}
        actions={<ExportLink to={`${paths.admin.exportAppUsage(app.id)}?range=${shown.range.value}`} />}
      />
      <AppTabs current="usage" links={paths.admin.appTabs(app.id)} />
      <AppUsage {...shown} ranges={ranges} />
    </>
  )
}
