import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { organizationRequestAnswers, requestOrganizationInput } from '~/domain/organizations/organization'
import { requestOrganization } from '~/domain/organizations/request-organization.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Create an organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await requireDeveloper(args)
  const { settings, organization, hasOrganizationRequest } = await args.context.scope.viewer()
  return {
    organizationName: actor.inDefaultOrganization ? null : (organization?.name ?? null),
    isPending: hasOrganizationRequest,
    isEnabled: settings.organizationRegistrationEnabled,
    isImmediate: settings.autoApproveOrganizations,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const form = await parseForm(args.request, requestOrganizationInput)
  if (!form.ok) return form.response
  return respond(args, await requestOrganization(ctx, form.value), {
    form,
    redirectTo: ({ state }) => (state === 'active' ? paths.dashboard.users : paths.newOrganization),
    notice: ({ state }) => organizationRequestAnswers[state],
  })
}

export default function NewOrganization() {
  const { organizationName, isPending, isEnabled } = useLoaderData<typeof loader>()
  const back = <ButtonLink to={paths.dashboard.home}>Go to the dashboard</ButtonLink>
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <PageHeader
        title="Create an organization"
        description="Invite the people you work with, and share apps and their keys with them."
      />
      {organizationName !== null ? (
        <Callout title={`You are in ${organizationName}`} action={back}>
          One belongs to one organization. Leave it before you create another.
        </Callout>
      ) : isPending ? (
        <Callout tone="amber" title={organizationRequestAnswers.pending} action={back}>
          An admin decides about it, and you get a mail. Until then everything else works as before.
        </Callout>
      ) : isEnabled ? (
        <NewOrganizationForm />
      ) : (
        <Callout tone="amber" title={organizationRequestAnswers.off} action={back}>
          Ask the people who run this portal for an organization.
        </Callout>
      )}
    </div>
  )
}

function NewOrganizationForm() {
  const { isImmediate } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-organization', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <Card>
      <CardBody>
        <Form {...form.props} className="flex flex-col gap-4">
          <FormErrors errors={form.errors} />
          <FormFields>
            <TextField
              {...form.field('name')}
              label="Organization name"
              hint="Your company, or your part of it."
              autoComplete="organization"
              maxLength={80}
              required
            />
          </FormFields>
          <p className="max-w-text text-muted">
            {isImmediate
              ? 'You become its Super admin at once. '
              : 'An admin looks at each new organization. Once it is accepted, you become its Super admin. '}
            Your apps come along and stay personal until you share them.
          </p>
          <FormActions>
            <SubmitButton>{isImmediate ? 'Create organization' : 'Request organization'}</SubmitButton>
            <ButtonLink to={paths.dashboard.home}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
