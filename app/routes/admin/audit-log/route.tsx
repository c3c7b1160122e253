import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { ScrollText } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { auditLogFilter, auditLogParams } from '~/domain/notifications/audit-log'
import { listEvents } from '~/domain/notifications/queries-audit.server'
import { eventShown } from '~/platform/audit-rows'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { ExportLink } from '~/ui/export-link'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { columns } from './columns'
import { AuditLogFilters, isNarrowed } from './filters'

export const meta: MetaFunction = () => [{ title: 'Audit log' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = auditLogFilter(params)
  const { rows, next, previous, organizationName } = await listEvents(ctx, {
    ...filter,
    page: pageRequest(params),
  })
  const search = new URLSearchParams(auditLogParams(filter)).toString()
  const address = `${paths.admin.auditLog}?${search}`
  return {
    now: ctx.now,
    address,
    filter,
    actorName: rows[0]?.actorLabel ?? filter.actor,
    organizationName: organizationName ?? filter.organization,
    entries: rows.map(eventShown),
    exportTo: `${paths.admin.auditLogExport}?${search}`,
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

export default function AuditLogPage() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Everything that was done here: who, what, when and from where."
        actions={
          <>
            <ExportLink to={data.exportTo} />
            <ButtonLink to={withParam(data.exportTo, 'format', 'jsonl')} reloadDocument download>
              JSON lines
            </ButtonLink>
            <ButtonLink to={paths.admin.verifyAuditLog}>Verify</ButtonLink>
          </>
        }
      />
      <AuditLogFilters data={data} />
      <DataTable
        caption="Events, newest first"
        columns={columns(data.now, data.address)}
        rows={data.entries}
        rowKey={(entry) => entry.id}
        empty={<NoEvents filtered={isNarrowed(data)} />}
      />
      <Pagination previousTo={data.previousTo} nextTo={data.nextTo} />
    </>
  )
}

function NoEvents({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      icon={ScrollText}
      title="Nothing found"
      action={<ButtonLink to={paths.admin.auditLog}>Clear all filters</ButtonLink>}
    >
      No event matches these filters.
    </EmptyState>
  ) : (
    <EmptyState icon={ScrollText} title="Nothing has happened yet">
      What people do in the portal is listed here.
    </EmptyState>
  )
}
