import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getUser } from '~/domain/accounts/queries-user.server'
import { resetTwoFactor } from '~/domain/accounts/reset-two-factor.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Reset two-factor' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const user = await orNotFound(getUser(ctx, userId))
  if (userId === ctx.actor.userId) throw redirect(paths.dashboard.twoFactor, 303)
  // Reset meanwhile: the user's page tells.
  if (!user.hasTwoFactor && user.passkeys === 0) throw redirect(paths.admin.user(userId), 303)
  return { id: user.id, name: user.name, email: user.email }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  if (userId === ctx.actor.userId) {
    return redirectWithNotice(
      args,
      paths.dashboard.twoFactor,
      'Change your own second factors here.',
      'error',
    )
  }
  return respond(args, await resetTwoFactor(ctx, userId), {
    redirectTo: paths.admin.user(userId),
    notice: ({ name }) => `The second factors of ${name} are removed`,
  })
}

export default function ResetTwoFactor() {
  const user = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Reset two-factor"
        breadcrumbs={[
          { label: 'Users', to: paths.admin.users },
          { label: user.name, to: paths.admin.user(user.id) },
        ]}
        description={user.email}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.resetTwoFactor(user.id)}
            confirmLabel="Reset two-factor"
            cancel={<ButtonLink to={paths.admin.user(user.id)}>Cancel</ButtonLink>}
          >
            Make sure that it is really {user.name} who asks: by phone, not by mail. The authenticator app,
            the passkeys and the recovery codes are removed, every open session ends, and the next login needs
            the password alone. A mail tells {user.name} so.
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
