import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { addDeveloperForm, type OrgRole, orgRoles } from '~/domain/accounts/account'
import { addDeveloper } from '~/domain/accounts/add-developer.server'
import { parseId } from '~/domain/kernel/ids'
import { listOrganizationChoices } from '~/domain/organizations/queries.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { NewPasswordFields } from '~/ui/accounts/new-password-fields'
import { PersonFields } from '~/ui/accounts/person-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { CheckboxField } from '~/ui/choice-field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { MemberFields } from '~/ui/organizations/member-fields'
import { OrganizationChooser } from '~/ui/organizations/organization-chooser'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add new user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('search')?.trim().slice(0, 80) ?? ''
  const chosen = parseId('org', params.get('organization') ?? undefined)
  const { settings } = await args.context.scope.viewer()
  const choices = await listOrganizationChoices(ctx, { search, chosen })
  return { ...choices, search, minLength: settings.passwordMinLength }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, addDeveloperForm)
  if (!form.ok) return form.response
  const result = await addDeveloper(ctx, form.value)
  return respond(args, result, {
    form,
    redirectTo: ({ userId }) => paths.admin.user(userId),
    notice: 'User added',
  })
}

export default function NewUser() {
  const { organizations, more, chosen, teams, search, minLength } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-user', lastResult: useActionData<{ form: unknown }>()?.form })
  const typed = form.value('orgRole')
  const role: OrgRole = orgRoles.find((one) => one === typed) ?? 'team_member'
  return (
    <>
      <PageHeader title="Add new user" breadcrumbs={[{ label: 'Users', to: paths.admin.users }]} />
      <Card>
        <CardHeader title="Where" description="Choose the organization first: its teams come with it." />
        <CardBody>
          <OrganizationChooser
            organizations={organizations}
            chosenId={chosen?.id ?? null}
            search={search}
            more={more}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={`Who joins ${chosen?.name ?? 'the organization'}`} />
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={[...(form.errors ?? []), ...(form.field('organizationId').errors ?? [])]} />
            <input type="hidden" name="organizationId" value={chosen?.id ?? 'org_default'} />
            <FormFields>
              <PersonFields field={form.field} />
            </FormFields>
            <MemberFields
              key={chosen?.id}
              idPrefix="new-user"
              role={role}
              roleErrors={form.field('orgRole').errors}
              teams={teams}
              teamIds={asList(form.value('teamIds'))}
              teamErrors={form.field('teamIds').errors}
            />
            <div className="group/password flex flex-col gap-4">
              <CheckboxField
                id="new-user-setPassword"
                name="setPassword"
                label="Set password"
                hint="Without one, you can send an invitation from the user’s page."
                defaultChecked={form.value('setPassword') === 'on'}
              />
              <div className="hidden flex-col gap-4 group-has-[[name=setPassword]:checked]/password:flex">
                <FormFields>
                  <NewPasswordFields
                    field={form.field}
                    minLength={minLength}
                    label="Password"
                    required={false}
                  />
                </FormFields>
                <CheckboxField
                  id="new-user-mustChangePassword"
                  name="mustChangePassword"
                  label="User must change password at the next login"
                  defaultChecked={form.value('mustChangePassword') === 'on'}
                />
              </div>
            </div>
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.admin.users}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}

function asList(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  return typeof value === 'string' ? [value] : []
}
