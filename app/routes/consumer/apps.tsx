import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { AppWindow } from 'lucide-react'
import { appVisibilityLabels } from '~/domain/apps/app'
import { listApps } from '~/domain/apps/queries.server'
import { pageRequest } from '~/domain/kernel/page'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { AppStatusBadge } from '~/ui/apps/badges'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'My apps' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const page = await listApps(ctx, pageRequest(new URL(args.request.url).searchParams))
  return {
    about: 'Your client programs, the access that they have, and their keys.',
    apps: page.rows.map(({ ownerId, ...app }) => ({ ...app, isOwn: ownerId === ctx.actor.userId })),
    next: page.next,
    previous: page.previous,
  }
}

export default function AppsPage() {
  const { apps, next, previous } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="My apps"
        description="Your client programs, the access that they have, and their keys."
        actions={apps.length > 0 && <ButtonLink to={paths.catalogs}>Browse products</ButtonLink>}
      />
      <DataTable
        caption="My apps"
        columns={useColumns()}
        rows={apps}
        rowKey={(app) => app.id}
        rowTo={(app) => paths.dashboard.app(app.id)}
        empty={
          <EmptyState
            icon={AppWindow}
            title="No apps yet"
            action={
              <ButtonLink to={paths.catalogs} variant="primary">
                Browse products
              </ButtonLink>
            }
          >
            Add a product to your cart and request access: an app is made on the way.
          </EmptyState>
        }
      />
      <Pagination
        previousTo={previous && `${paths.dashboard.apps}?before=${previous}`}
        nextTo={next && `${paths.dashboard.apps}?after=${next}`}
      />
    </>
  )
}

type AppRow = ReturnType<typeof useLoaderData<typeof loader>>['apps'][number]

function useColumns(): Column<AppRow>[] {
  const { now } = useRootData()
  return [
    { key: 'name', header: 'Name', cell: (app) => app.name },
    {
      key: 'description',
      header: 'Description',
      hideOnPhone: true,
      cell: (app) => <span className="line-clamp-2 text-muted">{app.description || '–'}</span>,
    },
    {
      key: 'visibility',
      header: 'Visibility',
      cell: (app) => (
        <span className="min-w-0">
          {appVisibilityLabels[app.visibility]}
          {app.teamName && <span className="text-muted"> · {app.teamName}</span>}
          {!app.isOwn && <span className="block text-sm text-muted">Owned by {app.ownerName}</span>}
        </span>
      ),
    },
    { key: 'status', header: 'Status', cell: (app) => <AppStatusBadge app={app} /> },
    {
      key: 'created',
      header: 'Created',
      hideOnPhone: true,
      cell: (app) => <DateTime value={app.createdAt} now={now} dayOnly />,
    },
  ]
}
