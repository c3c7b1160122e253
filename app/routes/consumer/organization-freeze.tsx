import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { freezeOrganization } from '~/domain/organizations/freeze-organization.server'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Freeze all apps' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  const { organization } = await args.context.scope.viewer()
  if (organization?.isFrozen) throw redirect(paths.dashboard.organization, 303)
  return { name: organization?.name ?? '' }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return respond(args, await freezeOrganization(ctx), {
    redirectTo: paths.dashboard.organization,
    notice: 'All apps are frozen',
  })
}

export default function FreezeOrganization() {
  const { name } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Freeze all apps of ${name}`}
        breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.dashboard.freezeOrganization}
            confirmLabel="Freeze all apps"
            cancel={<ButtonLink to={paths.dashboard.organization}>Cancel</ButtonLink>}
          >
            <p>
              Within 10 seconds the gateway refuses every key of every app of {name}. Nothing is lost: any
              super admin can unfreeze them, and the same keys work again with the same limits. The owners of
              the apps are told by mail.
            </p>
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
