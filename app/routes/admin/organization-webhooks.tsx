import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Webhook as WebhookIcon } from 'lucide-react'
import { listOrganizationWebhooks } from '~/domain/notifications/queries-organization-webhooks.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { cx } from '~/ui/class-names'
import { countOf } from '~/ui/count-of'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { WebhookBadge } from '~/ui/notifications/webhook-badge'
import { WebhookName } from '~/ui/notifications/webhook-name'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Webhooks of an organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const found = await orNotFound(listOrganizationWebhooks(ctx, organizationId))
  return { now: ctx.now, organizationId, ...found }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Row = Loaded['webhooks'][number]

export default function OrganizationWebhooksPage() {
  const { now, organizationId, organizationName, webhooks } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Webhooks"
        breadcrumbs={[
          { label: 'Organizations', to: paths.admin.organizations },
          { label: organizationName, to: paths.admin.organization(organizationId) },
        ]}
        description={`Where ${organizationName} has its events sent. Addresses are shown without their query, and secrets not at all.`}
      />
      <DataTable
        caption="Webhooks"
        columns={columns(organizationId, now)}
        rows={webhooks}
        rowKey={(row) => row.id}
        empty={<EmptyState icon={WebhookIcon} title="This organization has no webhooks" />}
      />
    </>
  )
}

function columns(organizationId: string, now: number): Column<Row>[] {
  return [
    {
      key: 'name',
      header: 'Webhook',
      cell: (row) => <WebhookName name={row.name} address={row.address} />,
    },
    {
      key: 'state',
      header: 'Status',
      cell: (row) => (
        <span className={cx('flex flex-col items-start gap-1', row.pausedNote && 'md:max-w-80 md:min-w-60')}>
          <WebhookBadge state={row.state} failures={row.failures} />
          <PausedBy row={row} now={now} />
        </span>
      ),
    },
    {
      key: 'last',
      header: 'Last delivery',
      cell: (row) => <DateTime value={row.lastAt} now={now} relative empty="None yet" />,
    },
    {
      key: 'failures',
      header: 'Failures',
      cell: (row) =>
        row.failures === 0 ? (
          'None'
        ) : (
          <span>
            {countOf(row.failures, 'attempt', 'attempts')} in a row, since{' '}
            <DateTime value={row.failingSince} now={now} />
          </span>
        ),
    },
    {
      key: 'actions',
      header: 'Pause or resume',
      quietHeader: true,
      align: 'right',
      cell: (row) =>
        row.pausedReason === 'by_admin' ? (
          <Form method="post" action={paths.admin.resumeOrganizationWebhook(organizationId, row.id)}>
            <SubmitButton variant="secondary" size="sm">
              Resume
            </SubmitButton>
          </Form>
        ) : (
          <ButtonLink to={paths.admin.pauseOrganizationWebhook(organizationId, row.id)} size="sm">
            Pause
          </ButtonLink>
        ),
    },
  ]
}

const pausers = {
  by_hand: 'By the organization',
  failing: 'It kept failing',
  gone: 'Its receiver is gone',
  by_admin: 'By an admin',
}

function PausedBy({ row, now }: { row: Row; now: number }) {
  if (row.pausedReason === null) return null
  return (
    <span className="text-sm text-muted wrap-anywhere whitespace-pre-line">
      {pausers[row.pausedReason]}, <DateTime value={row.pausedAt} now={now} relative />
      {row.pausedNote && <>: “{row.pausedNote}”</>}
    </span>
  )
}
