import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { listOutboxMails, type OutboxMail } from '~/domain/notifications/queries-outbox.server'
import { requireDevelopment, requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'

export const meta: MetaFunction = () => [{ title: 'Outbox' }]

export async function loader(args: LoaderFunctionArgs) {
  requireDevelopment(args)
  const ctx = await requireVisitor(args)
  const params = new URL(args.request.url).searchParams
  const search = (params.get('q') ?? '').trim().slice(0, 200)
  const { rows, next, previous } = await listOutboxMails(ctx, { search, page: pageRequest(params) })
  const address = search ? withParam(paths.dev.outbox, 'q', search) : paths.dev.outbox
  return {
    now: ctx.now,
    search,
    mails: rows,
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

export default function OutboxPage() {
  const { now, search, mails, nextTo, previousTo } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Outbox"
        description="The demo sends no real mail: every mail lands here instead, newest first."
        actions={<ButtonLink to={paths.dev.outbox}>Look again</ButtonLink>}
      />
      <FilterBar
        search={{ value: search, label: 'Search recipients and subjects' }}
        chips={search ? [{ label: `“${search}”`, removeTo: paths.dev.outbox }] : []}
      />
      <DataTable
        caption="Mails, newest first"
        columns={columns(now)}
        rows={mails}
        rowKey={(mail) => mail.id}
        rowTo={(mail) => paths.dev.mail(mail.id)}
        empty={<NoMails search={search} />}
      />
      <Pagination previousTo={previousTo} nextTo={nextTo} />
    </>
  )
}

function columns(now: number): Column<OutboxMail>[] {
  return [
    { key: 'subject', header: 'Subject', cell: (mail) => mail.subject },
    { key: 'to', header: 'To', cell: (mail) => mail.recipient },
    {
      key: 'sent',
      header: 'Sent',
      align: 'right',
      cell: (mail) => <DateTime value={mail.createdAt} now={now} relative />,
    },
  ]
}

function NoMails({ search }: { search: string }) {
  return search ? (
    <EmptyState
      icon={Inbox}
      title="Nothing found"
      action={<ButtonLink to={paths.dev.outbox}>Show all mails</ButtonLink>}
    >
      No recipient or subject holds “{search}”.
    </EmptyState>
  ) : (
    <EmptyState
      icon={Inbox}
      title="No mail yet"
      action={<ButtonLink to={paths.auth.reset}>Ask for a password reset</ButtonLink>}
    >
      A mail takes a second or two to arrive.
    </EmptyState>
  )
}
