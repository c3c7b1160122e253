import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteInviteCode } from '~/domain/accounts/delete-invite-code.server'
import { getInviteCode } from '~/domain/accounts/queries-invite-codes.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete invite code' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = idParam(args, 'code', 'codeId')
  const { id, code, uses, teamName } = await orNotFound(getInviteCode(ctx, codeId))
  return { id, code, uses, teamName }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = idParam(args, 'code', 'codeId')
  return respond(args, await deleteInviteCode(ctx, codeId), {
    redirectTo: paths.admin.inviteCodes,
    notice: ({ code }) => `The code ${code} is deleted`,
  })
}

export default function DeleteInviteCode() {
  const { id, code, uses, teamName } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Delete ${code}`}
        breadcrumbs={[
          { label: 'Invite codes', to: paths.admin.inviteCodes },
          { label: code, to: paths.admin.inviteCode(id) },
        ]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.deleteInviteCode(id)}
            confirmLabel="Delete invite code"
            cancel={<ButtonLink to={paths.admin.inviteCode(id)}>Cancel</ButtonLink>}
          >
            Its link stops working at once.{' '}
            {uses > 0
              ? `Whoever joined ${teamName} with it (${uses}) stays.`
              : `Nobody has joined ${teamName} with it.`}
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
