import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { updateProfileInput } from '~/domain/accounts/account'
import { getProfile } from '~/domain/accounts/queries.server'
import { updateProfile } from '~/domain/accounts/update-profile.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { TextField } from '~/ui/field'
import { FieldRow, FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Profile' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  return getProfile(ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, updateProfileInput)
  if (!form.ok) return form.response
  const result = await updateProfile(ctx, form.value)
  return respond(args, result, { form, redirectTo: paths.dashboard.profile, notice: 'Profile saved' })
}

export default function Profile() {
  const profile = useLoaderData<typeof loader>()
  const { now, viewer } = useRootData()
  const form = useServerForm({
    id: 'profile',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { firstName: profile.firstName, lastName: profile.lastName },
  })
  return (
    <>
      <PageHeader title="Profile" />
      <Card>
        <CardHeader title="About you" />
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <FieldRow>
                <TextField
                  {...form.field('firstName')}
                  label="First name"
                  autoComplete="given-name"
                  required
                />
                <TextField
                  {...form.field('lastName')}
                  label="Last name"
                  autoComplete="family-name"
                  required
                />
              </FieldRow>
            </FormFields>
            <FormActions>
              <SubmitButton>Save profile</SubmitButton>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Account"
          actions={<ButtonLink to={paths.auth.changePassword}>Change password</ButtonLink>}
        />
        <CardBody>
          <DefinitionList
            items={[
              { term: 'Email address', value: profile.email },
              ...(viewer?.organizationName ? [{ term: 'Organization', value: viewer.organizationName }] : []),
              { term: 'Member since', value: <DateTime value={profile.createdAt} now={now} dayOnly /> },
              {
                term: 'Password changed',
                value: <DateTime value={profile.passwordChangedAt} now={now} relative />,
              },
            ]}
          />
        </CardBody>
      </Card>
    </>
  )
}
