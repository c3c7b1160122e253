import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editMember } from '~/domain/organizations/edit-member.server'
import { editMemberInput } from '~/domain/organizations/member'
import { getOwnMember } from '~/domain/organizations/queries-own.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FieldRow, FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { chosenRole, chosenTeams, MemberFields } from '~/ui/organizations/member-fields'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  return orNotFound(getOwnMember(ctx, userId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const form = await parseForm(args.request, editMemberInput)
  if (!form.ok) return form.response
  return respond(args, await editMember(ctx, userId, form.value), {
    form,
    redirectTo: paths.dashboard.users,
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditMember() {
  const user = useLoaderData<typeof loader>()
  const reply = useActionData<{ form: unknown }>()?.form
  const form = useServerForm({
    id: 'edit-user',
    lastResult: reply,
    defaultValue: { firstName: user.firstName, lastName: user.lastName },
  })
  return (
    <>
      <PageHeader
        title={`Edit ${user.firstName} ${user.lastName}`}
        breadcrumbs={[{ label: 'Users', to: paths.dashboard.users }]}
        description={user.email}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <FormFields>
              <FieldRow>
                <TextField {...form.field('firstName')} label="First name" autoComplete="off" required />
                <TextField {...form.field('lastName')} label="Last name" autoComplete="off" required />
              </FieldRow>
            </FormFields>
            <MemberFields
              idPrefix="edit-user"
              role={chosenRole(form.value('orgRole'), user.orgRole)}
              roleErrors={form.field('orgRole').errors}
              teams={user.teams}
              teamIds={chosenTeams(
                form.value('teamIds'),
                user.teams.filter((team) => team.isMember).map((team) => team.id),
                reply !== undefined,
              )}
              teamErrors={form.field('teamIds').errors}
            />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.dashboard.users}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
