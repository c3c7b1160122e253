import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteUser } from '~/domain/accounts/delete-user.server'
import { deletionPreview } from '~/domain/accounts/deletion-preview.server'
import { lastAdmin, lastSuperAdmin } from '~/domain/accounts/standing.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, redirectWithNotice } from '~/platform/responses'
import { DeletionFacts } from '~/ui/accounts/deletion-facts'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const preview = userId && (await deletionPreview(ctx, userId))
  if (!preview) throw notFound()
  const blocked = preview.blockedBy && (preview.blockedBy === 'last_admin' ? lastAdmin : lastSuperAdmin)
  return { userId, preview, blocked, isSelf: userId === ctx.actor.userId }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  if (userId === ctx.actor.userId) {
    return redirectWithNotice(args, paths.dashboard.profile, 'Delete your own account here.', 'error')
  }
  const result = await deleteUser(ctx, userId)
  if (!result.ok && result.error.code === 'not_found') throw notFound()
  return result.ok
    ? redirectWithNotice(args, paths.admin.users, `${result.value.name} is deleted`)
    : redirectWithNotice(args, paths.admin.user(userId), result.error.message, 'error')
}

export default function DeleteUser() {
  const { userId, preview, blocked, isSelf } = useLoaderData<typeof loader>()
  const back = <ButtonLink to={paths.admin.user(userId)}>Back to the user</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Delete ${preview.name}`}
        breadcrumbs={[
          { label: 'Users', to: paths.admin.users },
          { label: preview.name, to: paths.admin.user(userId) },
        ]}
        description={preview.email}
      />
      <Card>
        <CardBody>
          {blocked || isSelf ? (
            <Callout tone="amber" title="This account cannot be deleted here" action={back}>
              {blocked ?? 'It is your own. You can delete it on your profile.'}
            </Callout>
          ) : (
            <ConfirmForm action={paths.admin.deleteUser(userId)} confirmLabel="Delete user" cancel={back}>
              <DeletionFacts preview={preview} own={false} />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
