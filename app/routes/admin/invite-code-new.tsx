import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { createInviteCode } from '~/domain/accounts/create-invite-code.server'
import { createInviteCodeInput } from '~/domain/accounts/invite-code'
import { listTeamChoices } from '~/domain/accounts/queries-invite-codes.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { InviteCodeFields } from '~/ui/accounts/invite-code-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { SelectField, TextField } from '~/ui/field'
import { TeamFinder } from '~/ui/finders'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Create invite code' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const search = new URL(args.request.url).searchParams.get('search')?.trim().slice(0, 80) ?? ''
  return { ...(await listTeamChoices(ctx, search)), search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, createInviteCodeInput)
  if (!form.ok) return form.response
  return respond(args, await createInviteCode(ctx, form.value), {
    form,
    redirectTo: ({ codeId }) => paths.admin.inviteCode(codeId),
    notice: ({ code }) => `The code ${code} is ready. Copy its link and send it.`,
  })
}

export default function NewInviteCode() {
  const { teams, more, search } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'new-code',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { maxUses: '1' },
  })
  return (
    <>
      <PageHeader
        title="Create invite code"
        breadcrumbs={[{ label: 'Invite codes', to: paths.admin.inviteCodes }]}
      />
      {(more || search !== '') && (
        <Card>
          <CardHeader
            title="Where"
            description="There are more teams than the form lists: find the one you mean first."
          />
          <CardBody>
            <TeamFinder search={search} label="Find team" />
          </CardBody>
        </Card>
      )}
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <SelectField
                key={search}
                {...form.field('teamId')}
                label="Team"
                required
                options={
                  teams.length > 0
                    ? teams.map(({ id, name, organizationName }) => ({
                        value: id,
                        label: `${organizationName} · ${name}`,
                      }))
                    : [{ value: '', label: 'No team matches' }]
                }
                hint="Whoever registers with the code joins it, and its organization."
              />
              <InviteCodeFields field={form.field} />
              <TextField
                {...form.field('code')}
                label="Code"
                optional
                mono
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                hint="Leave it empty for a random one, which nobody can guess."
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Create invite code</SubmitButton>
              <ButtonLink to={paths.admin.inviteCodes}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
