import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { updateProfileInput } from '~/domain/accounts/account'
import { getProfile } from '~/domain/accounts/queries-profile.server'
import { updateProfile } from '~/domain/accounts/update-profile.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FieldRow, FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { useServerForm } from '~/ui/use-server-form'
import { AccountCard } from './account-card'
import { NotificationsCard } from './notifications-card'
import { SecondFactorCard } from './second-factor-card'
import { SessionsCard } from './sessions-card'

export const meta: MetaFunction = () => [{ title: 'Profile' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  return { profile: await getProfile(ctx), sessionId: ctx.actor.sessionId }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, updateProfileInput)
  if (!form.ok) return form.response
  const result = await updateProfile(ctx, form.value)
  return respond(args, result, { form, redirectTo: paths.dashboard.profile, notice: 'Profile saved' })
}

export default function ProfilePage() {
  const { profile, sessionId } = useLoaderData<typeof loader>()
  const { viewer, now } = useRootData()
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
      <AccountCard profile={profile} organizationName={viewer?.organizationName ?? null} now={now} />
      <SecondFactorCard profile={profile} />
      <SessionsCard sessions={profile.sessions} currentId={sessionId} now={now} />
      {viewer && <NotificationsCard role={viewer.role} timings={profile.mails} />}
      <Card>
        <CardHeader
          title="Your data"
          description="A file with everything that the portal knows of you."
          actions={
            <ButtonLink to={paths.dashboard.ownData} reloadDocument>
              Download my data
            </ButtonLink>
          }
        />
      </Card>
      <Card>
        <CardHeader
          title="Delete account"
          description="The next page says what goes with it."
          actions={<ButtonLink to={paths.dashboard.deleteAccount}>Delete my account</ButtonLink>}
        />
      </Card>
    </>
  )
}
