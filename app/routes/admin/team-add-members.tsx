import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { addTeamMembersInput } from '~/domain/organizations/organization'
import { getTeamCandidates } from '~/domain/organizations/queries-team.server'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { CheckboxGroup } from '~/ui/choice-field'
import { FilterBar } from '~/ui/filter-bar'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add members' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const search = new URL(args.request.url).searchParams.get('q')?.trim().slice(0, 200) ?? ''
  const found = await orNotFound(getTeamCandidates(ctx, teamId, { search }))
  if (found.team.isDefault) throw redirect(paths.admin.team(teamId), 303)
  return { ...found, search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const form = await parseForm(args.request, addTeamMembersInput)
  if (!form.ok) return form.response
  return respond(args, await setTeamMembers(ctx, teamId, { add: form.value.add, remove: [] }), {
    form,
    redirectTo: paths.admin.team(teamId),
    notice: ({ name }) => `${name} has new members`,
  })
}

export default function AddMembers() {
  const { team, people, more, search } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'add-members', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title={`Add members to ${team.name}`}
        breadcrumbs={[
          { label: 'Teams', to: paths.admin.teams },
          { label: team.name, to: paths.admin.team(team.id) },
        ]}
        description={`Members of ${team.organizationName} who are not in this team.`}
      />
      <FilterBar
        search={{ value: search, label: 'Search people', placeholder: 'Beginning of a name or address' }}
        chips={search ? [{ label: `“${search}”`, removeTo: paths.admin.addTeamMembers(team.id) }] : []}
      />
      <Card>
        <CardBody>
          {people.length === 0 ? (
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-muted">
                {search
                  ? 'Nobody matches. The search looks at how names and addresses begin.'
                  : 'Everybody of the organization is in this team.'}
              </p>
              <ButtonLink to={paths.admin.team(team.id)}>Back to the team</ButtonLink>
            </div>
          ) : (
            <Form {...form.props} className="flex flex-col gap-5">
              <FormErrors errors={form.errors} />
              <CheckboxGroup
                id="add-members-add"
                name="add"
                legend="People"
                hint={more ? 'The newest 50. Search to find others.' : undefined}
                options={people.map((person) => ({
                  value: person.id,
                  label: person.name,
                  hint: person.email,
                }))}
                errors={form.field('add').errors}
                columns
              />
              <FormActions>
                <SubmitButton>Add members</SubmitButton>
                <ButtonLink to={paths.admin.team(team.id)}>Cancel</ButtonLink>
              </FormActions>
            </Form>
          )}
        </CardBody>
      </Card>
    </>
  )
}
