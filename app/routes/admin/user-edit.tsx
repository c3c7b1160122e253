import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { getDeveloperToEdit } from '~/domain/accounts/queries-user.server'
import { editMember } from '~/domain/organizations/edit-member.server'
import { editMemberInput } from '~/domain/organizations/member'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FieldRow, FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { MemberFields } from '~/ui/organizations/member-fields'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  return orNotFound(getDeveloperToEdit(ctx, userId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const form = await parseForm(args.request, editMemberInput)
  if (!form.ok) return form.response
  return respond(args, await editMember(ctx, userId, form.value), {
    form,
    redirectTo: paths.admin.user(userId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditUser() {
  const user = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'edit-user',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { firstName: user.firstName, lastName: user.lastName },
  })
  const name = `${user.firstName} ${user.lastName}`
  return (
    <>
      <PageHeader
        title="Edit user"
        breadcrumbs={[
          { label: 'Users', to: paths.admin.users },
          { label: name, to: paths.admin.user(user.id) },
        ]}
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
              role={user.orgRole}
              roleErrors={form.field('orgRole').errors}
              teams={user.teams}
              teamIds={user.teams.filter((team) => team.isMember).map((team) => team.id)}
              teamErrors={form.field('teamIds').errors}
            />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.admin.user(user.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
