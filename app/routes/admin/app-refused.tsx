import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getRefusedCalls } from '~/domain/gateway/queries-refused-calls.server'
import { refusalChoices, refusedCallFilter } from '~/domain/gateway/refused-call'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { AppTabs } from '~/ui/apps/app-tabs'
import { RefusedCalls } from '~/ui/gateway/refused-calls'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Refused calls · ${data.app.name}` : 'Refused calls' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const params = new URL(args.request.url).searchParams
  const filter = refusedCallFilter(params)
  const list = await orNotFound(getRefusedCalls(ctx, appId, { ...filter, page: pageRequest(params) }))
  return { ...list, filter, choices: refusalChoices(), now: ctx.now }
}

export default function AppRefusedPage() {
  const { app, rows, next, previous, filter, choices, now } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={app.name}
        breadcrumbs={[{ label: 'Apps', to: paths.admin.apps }]}
        description="Calls that the gateway refused in the last 7 days. Each answer carried the request id by which it is found here."
      />
      <AppTabs current="refused" links={paths.admin.appTabs(app.id)} />
      <RefusedCalls
        rows={rows}
        path={paths.admin.refusedCallsOf(app.id)}
        filter={filter}
        choices={choices}
        next={next}
        previous={previous}
        now={now}
      />
    </>
  )
}
