import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { invitationSent, inviteMemberInput } from '~/domain/accounts/invitation'
import { inviteMember } from '~/domain/accounts/invite-member.server'
import { canManageMembers } from '~/domain/organizations/policy'
import { listOwnTeams } from '~/domain/organizations/queries-own.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { PersonFields } from '~/ui/accounts/person-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { chosenRole, chosenTeams, MemberFields } from '~/ui/organizations/member-fields'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Invite user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const { organization } = await args.context.scope.viewer()
  return {
    teams: await listOwnTeams(ctx),
    organizationName: organization?.name ?? '',
    canInvite: canManageMembers(ctx.actor, organization?.state ?? ''),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const form = await parseForm(args.request, inviteMemberInput)
  if (!form.ok) return form.response
  return respond(args, await inviteMember(ctx, form.value), {
    form,
    redirectTo: paths.dashboard.users,
    notice: invitationSent,
  })
}

export default function InviteMember() {
  const { teams, organizationName, canInvite } = useLoaderData<typeof loader>()
  const reply = useActionData<{ form: unknown }>()?.form
  const form = useServerForm({ id: 'invite-user', lastResult: reply })
  return (
    <>
      <PageHeader
        title="Invite user"
        breadcrumbs={[{ label: 'Users', to: paths.dashboard.users }]}
        description={`They get a mail with a link to join ${organizationName}. It works for 7 days.`}
      />
      {canInvite ? (
        <Card>
          <CardBody>
            <Form {...form.props} className="flex flex-col gap-5">
              <FormErrors errors={form.errors} />
              <FormFields>
                <PersonFields field={form.field} />
              </FormFields>
              <MemberFields
                idPrefix="invite-user"
                role={chosenRole(form.value('orgRole'), 'team_member')}
                roleErrors={form.field('orgRole').errors}
                teams={teams}
                teamIds={chosenTeams(form.value('teamIds'), [], reply !== undefined)}
                teamErrors={form.field('teamIds').errors}
              />
              <FormActions>
                <SubmitButton>Send invitation</SubmitButton>
                <ButtonLink to={paths.dashboard.users}>Cancel</ButtonLink>
              </FormActions>
            </Form>
          </CardBody>
        </Card>
      ) : (
        <Callout tone="amber" title="This organization is suspended">
          Nobody can be invited until the people who run this portal restore it.
        </Callout>
      )}
    </>
  )
}
