import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requestEmailChangeInput } from '~/domain/accounts/account'
import { requestEmailChange } from '~/domain/accounts/request-email-change.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Change address' }]

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await requireUser(args)
  return { email: actor.email }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, requestEmailChangeInput)
  if (!form.ok) return form.response
  return respond(args, await requestEmailChange(ctx, form.value), {
    form,
    redirectTo: paths.dashboard.profile,
    notice: ({ email }) => `We have sent a link to ${email}. Open it to confirm the address.`,
  })
}

export default function ChangeEmail() {
  const { email } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'change-email', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title="Change address"
        breadcrumbs={[{ label: 'Profile', to: paths.dashboard.profile }]}
        description={`Now: ${email}. The new one counts once you open the link that we send there.`}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...form.field('email')}
                label="New email address"
                type="email"
                autoComplete="email"
                required
              />
              <PasswordField
                {...form.field('currentPassword')}
                label="Current password"
                autoComplete="current-password"
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Send link</SubmitButton>
              <ButtonLink to={paths.dashboard.profile}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
