import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { type OrgRole, orgRoleLabels, orgRoles } from '~/domain/accounts/account'
import { parseId } from '~/domain/kernel/ids'
import { moveDeveloperInput } from '~/domain/organizations/member'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { getDeveloperToMove } from '~/domain/organizations/queries-move.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { AppFateFields } from '~/ui/organizations/app-fate-fields'
import { OrganizationChooser } from '~/ui/organizations/organization-chooser'
import { PageHeader } from '~/ui/page-header'
import { RadioCards } from '~/ui/radio-cards'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Move user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const params = new URL(args.request.url).searchParams
  const search = params.get('search')?.trim().slice(0, 80) ?? ''
  const chosen = parseId('org', params.get('organization') ?? undefined)
  return { ...(await orNotFound(getDeveloperToMove(ctx, userId, { search, chosen }))), search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const form = await parseForm(args.request, moveDeveloperInput)
  if (!form.ok) return form.response
  const result = await moveDeveloper(ctx, userId, form.value)
  if (!result.ok && result.error.code === 'already_decided') {
    return redirectWithNotice(args, paths.admin.user(userId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.user(userId),
    notice: ({ name, organizationName }) => `${name} is now in ${organizationName}`,
  })
}

export default function MoveUser() {
  const { developer, heirs, moreHeirs, organizations, chosen, more, search } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'move-user', lastResult: useActionData<{ form: unknown }>()?.form })
  const isHere = chosen === null || chosen.id === developer.organizationId
  const role: OrgRole = orgRoles.find((one) => one === form.value('orgRole')) ?? 'team_member'
  const toDefault = chosen?.id === 'org_default'
  return (
    <>
      <PageHeader
        title={`Move ${developer.name}`}
        breadcrumbs={[
          { label: 'Users', to: paths.admin.users },
          { label: developer.name, to: paths.admin.user(developer.id) },
        ]}
        description={`${developer.email}, now in ${developer.organizationName}.`}
      />
      <Card>
        <CardHeader title="Where to" />
        <CardBody>
          <OrganizationChooser
            organizations={organizations}
            chosenId={chosen?.id ?? null}
            search={search}
            more={more}
          />
        </CardBody>
      </Card>
      {isHere ? (
        <p className="text-muted">
          {developer.name} is in {developer.organizationName}. Choose another organization first.
        </p>
      ) : (
        <Card>
          <CardHeader title={`How ${developer.name} joins ${chosen.name}`} />
          <CardBody>
            <Form {...form.props} className="flex flex-col gap-5">
              <FormErrors errors={[...(form.errors ?? []), ...(form.field('organizationId').errors ?? [])]} />
              <input type="hidden" name="organizationId" value={chosen.id} />
              <p className="max-w-text text-muted">
                {`Leaves every team of ${developer.organizationName}, and is only in the default team of ${chosen.name} until you choose more. What they may see changes at once.`}
              </p>
              {toDefault ? (
                <input type="hidden" name="orgRole" value="team_member" />
              ) : (
                <RadioCards
                  id="move-user-orgRole"
                  name="orgRole"
                  legend="Role"
                  options={orgRoles.toReversed().map((value) => ({ value, title: orgRoleLabels[value] }))}
                  defaultValue={role}
                  errors={form.field('orgRole').errors}
                  columns
                />
              )}
              <AppFateFields
                form={form}
                apps={developer.apps}
                heirs={heirs}
                moreHeirs={moreHeirs}
                from={developer.organizationName}
                to={chosen.name}
                toDefault={toDefault}
              />
              <FormActions>
                <SubmitButton>Move</SubmitButton>
                <ButtonLink to={paths.admin.user(developer.id)}>Cancel</ButtonLink>
              </FormActions>
            </Form>
          </CardBody>
        </Card>
      )}
    </>
  )
}
