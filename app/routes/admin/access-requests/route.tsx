import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData, useLocation } from '@remix-run/react'
import { Inbox, SearchX } from 'lucide-react'
import { getAccessRequestList } from '~/domain/access-requests/queries-list.server'
import { requestListFilter, requestSortParam } from '~/domain/access-requests/request-list'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Button, SubmitButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { listAddress } from '~/ui/organizations/list-order'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'
import { useColumns } from './columns'
import { isNarrowed, RequestFilters } from './filters'

export const meta: MetaFunction = () => [{ title: 'Access requests' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = requestListFilter(params)
  return { ...(await getAccessRequestList(ctx, { ...filter, page: pageRequest(params) })), filter }
}

const formId = 'requests-bulk'

export default function AccessRequestsPage() {
  const data = useLoaderData<typeof loader>()
  const { rows, next, previous, filter } = data
  const { pathname, search } = useLocation()
  const address = (change: Record<string, string | null>) =>
    listAddress(paths.admin.accessRequests, {
      q: filter.search,
      state: filter.state,
      catalog: filter.catalogId,
      plan: filter.planId,
      organization: filter.organizationId,
      sort: requestSortParam(filter.sort, filter.descending),
      ...change,
    })
  const columns = useColumns(filter, address)
  return (
    <>
      <PageHeader
        title="Access requests"
        description="Which app asks for which products, under which plan."
      />
      <RequestFilters page={data} filter={filter} address={address} />
      <Form id={formId} method="post" className="hidden">
        <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
      </Form>
      <DataTable
        caption="Access requests"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.accessRequest(row.id)}
        selectName="id"
        selectForm={formId}
        selectLabel={(row) => `${row.appName}, ${row.products.join(', ')}`}
        bulkActions={
          <>
            <SubmitButton form={formId} formAction={paths.admin.approveAccessRequests} size="sm">
              Approve
            </SubmitButton>
            <Button
              type="submit"
              form={formId}
              formAction={paths.admin.rejectAccessRequests}
              formMethod="get"
              size="sm"
            >
              Reject
            </Button>
          </>
        }
        empty={
          isNarrowed(filter) ? (
            <EmptyState
              icon={SearchX}
              title="No access request matches"
              action={<TextLink to={paths.admin.accessRequests}>Show all access requests</TextLink>}
            >
              Change the search, or take a filter away.
            </EmptyState>
          ) : (
            <EmptyState icon={Inbox} title="No access requests yet">
              When a developer requests access to a product, it is listed here for your decision.
            </EmptyState>
          )
        }
      />
      <Pagination
        previousTo={previous && address({ before: previous })}
        nextTo={next && address({ after: next })}
      />
    </>
  )
}
