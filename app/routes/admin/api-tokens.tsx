import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Ban, Braces, History } from 'lucide-react'
import { maskedApiToken } from '~/domain/accounts/api-token'
import { listApiTokens } from '~/domain/accounts/queries-api-tokens.server'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ApiTokenBadge } from '~/ui/accounts/api-token-badge'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { Menu, MenuDivider, MenuLink } from '~/ui/menu'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'API tokens' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return listApiTokens(ctx, { page: pageRequest(new URL(args.request.url).searchParams) })
}

export default function ApiTokensPage() {
  const { rows, next, previous } = useLoaderData<typeof loader>()
  const to = (name: string, cursor: string) => `${paths.admin.apiTokens}?${name}=${cursor}`
  return (
    <>
      <PageHeader
        title="API tokens"
        description={
          <>
            Programs send one to the admin API and do what its admin may do.{' '}
            <TextLink to={paths.api.document} reloadDocument>
              OpenAPI document
            </TextLink>
          </>
        }
        actions={
          <ButtonLink to={paths.admin.newApiToken} variant="primary">
            Create API token
          </ButtonLink>
        }
      />
      <DataTable
        caption="API tokens"
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={Braces}
            title="No API tokens yet"
            action={<ButtonLink to={paths.admin.newApiToken}>Create API token</ButtonLink>}
          >
            Make one for each program that is to do what you do here.
          </EmptyState>
        }
      />
      <Pagination previousTo={previous && to('before', previous)} nextTo={next && to('after', next)} />
    </>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function useColumns(): Column<Row>[] {
  const { now } = useRootData()
  return [
    {
      key: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="flex min-w-0 flex-col">
          <span className="font-medium wrap-anywhere">{row.name}</span>
          <code className="text-xs text-muted">{maskedApiToken(row.hint)}</code>
        </span>
      ),
    },
    {
      key: 'scopes',
      header: 'Scopes',
      cell: (row) => (
        <span className="flex flex-wrap gap-1">
          {shortened(row.scopes).map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      ),
    },
    {
      key: 'owner',
      header: 'Created by',
      cell: (row) => row.ownerName ?? <span className="text-muted">A deleted account</span>,
      hideOnPhone: true,
    },
    {
      key: 'used',
      header: 'Last used',
      cell: (row) => <DateTime value={row.lastUsedAt} now={now} relative empty="Never" />,
    },
    {
      key: 'expires',
      header: 'Expires',
      cell: (row) => <DateTime value={row.expiresAt} now={now} dayOnly empty="Never" />,
    },
    { key: 'state', header: 'Status', cell: (row) => <ApiTokenBadge state={row.state} /> },
    {
      key: 'menu',
      header: 'Actions',
      quietHeader: true,
      isMenu: true,
      cell: (row) => (
        <span className="flex justify-end">
          <RowMenu row={row} />
        </span>
      ),
    },
  ]
}

/** Who writes reads as well: one word for both. */
function shortened(scopes: readonly string[]): string[] {
  return scopes.filter(
    (scope) => !scopes.includes(scope.replace(/:read$/, ':write')) || scope.endsWith(':write'),
  )
}

function RowMenu({ row }: { row: Row }) {
  return (
    <Menu label={`Actions for ${row.name}`}>
      <MenuLink to={paths.admin.auditLogOf(row.id)} icon={History}>
        What it did
      </MenuLink>
      {row.state !== 'revoked' && (
        <>
          <MenuDivider />
          <MenuLink to={paths.admin.revokeApiToken(row.id)} icon={Ban}>
            Revoke
          </MenuLink>
        </>
      )}
    </Menu>
  )
}
