import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { leaveOrganization } from '~/domain/organizations/leave-organization.server'
import { getLeaving } from '~/domain/organizations/queries-own.server'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Leave organization' }]

export async function loader(args: LoaderFunctionArgs) {
  return orNotFound(getLeaving(await requireDeveloper(args)))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  return respond(args, await leaveOrganization(ctx), {
    redirectTo: paths.dashboard.organization,
    notice: 'You have left the organization',
  })
}

export default function LeaveOrganization() {
  const { organizationName, apps, heirName, mayLeave } = useLoaderData<typeof loader>()
  const back = <ButtonLink to={paths.dashboard.organization}>Cancel</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Leave ${organizationName}`}
        breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
      />
      <Card>
        <CardBody>
          {mayLeave ? (
            <ConfirmForm
              action={paths.dashboard.leaveOrganization}
              confirmLabel="Leave organization"
              cancel={back}
            >
              You keep your account and stay signed in. {fateOfApps(apps, heirName)} Only an invitation brings
              you back.
            </ConfirmForm>
          ) : (
            <Callout
              tone="amber"
              title="You are the last super admin"
              action={
                <ButtonLink to={paths.dashboard.handOverOrganization} variant="primary">
                  Hand over
                </ButtonLink>
              }
            >
              Others are in the organization. Hand it over to one of them, then leave.
            </Callout>
          )}
        </CardBody>
      </Card>
    </>
  )
}

function fateOfApps(apps: number, heirName: string | null): string {
  if (apps === 0) return 'You have no apps here.'
  const all = apps === 1 ? 'Your app' : `Your ${apps} apps`
  return heirName === null
    ? `${all} ${apps === 1 ? 'comes' : 'come'} along and ${apps === 1 ? 'is' : 'are'} personal.`
    : `${all} ${apps === 1 ? 'stays' : 'stay'} here and ${apps === 1 ? 'passes' : 'pass'} to ${heirName}, personal ones too.`
}
