import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { listRefusedCalls } from '~/domain/gateway/queries-refused-calls.server'
import { refusalChoices, refusedCallFilter } from '~/domain/gateway/refused-call'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { RefusedCalls } from '~/ui/gateway/refused-calls'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Refused calls' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = refusedCallFilter(params)
  const list = await listRefusedCalls(ctx, { ...filter, page: pageRequest(params) })
  return { ...list, filter, choices: refusalChoices(), now: ctx.now }
}

export default function RefusedCallsPage() {
  const { rows, next, previous, filter, choices, now } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Refused calls"
        breadcrumbs={[{ label: 'Usage', to: paths.admin.usage }]}
        description="Calls of all apps that the gateway refused in the last 7 days, found by the request id that the answer carried."
      />
      <RefusedCalls
        rows={rows}
        path={paths.admin.refusedCalls}
        filter={filter}
        choices={choices}
        next={next}
        previous={previous}
        appTo={paths.admin.refusedCallsOf}
        now={now}
      />
    </>
  )
}
