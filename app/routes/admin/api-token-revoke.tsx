import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { maskedApiToken } from '~/domain/accounts/api-token'
import { getApiToken } from '~/domain/accounts/queries-api-tokens.server'
import { revokeApiToken } from '~/domain/accounts/revoke-api-token.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Revoke API token' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const tokenId = idParam(args, 'tok', 'tokenId')
  return orNotFound(getApiToken(ctx, tokenId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const tokenId = idParam(args, 'tok', 'tokenId')
  return respond(args, await revokeApiToken(ctx, tokenId), {
    redirectTo: paths.admin.apiTokens,
    notice: ({ name }) => `The token “${name}” is revoked`,
  })
}

export default function RevokeApiToken() {
  const token = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return (
    <>
      <PageHeader
        title={`Revoke “${token.name}”`}
        breadcrumbs={[{ label: 'API tokens', to: paths.admin.apiTokens }]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <DefinitionList
            items={[
              { term: 'Token', value: <code className="text-sm">{maskedApiToken(token.hint)}</code> },
              { term: 'Created by', value: token.ownerName ?? 'A deleted account' },
              {
                term: 'Last used',
                value: <DateTime value={token.lastUsedAt} now={now} relative empty="Never" />,
              },
            ]}
          />
          <ConfirmForm
            action={paths.admin.revokeApiToken(token.id)}
            confirmLabel="Revoke API token"
            cancel={<ButtonLink to={paths.admin.apiTokens}>Cancel</ButtonLink>}
          >
            Programs that use it are refused with their next request. This cannot be undone.
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
