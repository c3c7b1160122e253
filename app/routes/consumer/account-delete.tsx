import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { deleteOwnAccountInput } from '~/domain/accounts/account'
import { deleteOwnAccount } from '~/domain/accounts/delete-own-account.server'
import { deletionPreview } from '~/domain/accounts/deletion-preview.server'
import { lastAdmin, lastSuperAdmin } from '~/domain/accounts/standing.server'
import { clearedSessionCookieHeader } from '~/platform/cookies'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { DeletionFacts } from '~/ui/accounts/deletion-facts'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Delete my account' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const preview = await deletionPreview(ctx, ctx.actor.userId)
  if (!preview) throw notFound()
  return {
    preview,
    blocked: preview.blockedBy && (preview.blockedBy === 'last_admin' ? lastAdmin : lastSuperAdmin),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, deleteOwnAccountInput)
  if (!form.ok) return form.response
  const result = await deleteOwnAccount(ctx, form.value)
  if (result.ok) args.context.scope.setCookies.push(clearedSessionCookieHeader())
  return respond(args, result, { form, redirectTo: paths.home, notice: 'Your account is deleted.' })
}

export default function DeleteAccount() {
  const { preview, blocked } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'delete-account', lastResult: useActionData<{ form: unknown }>()?.form })
  const back = <ButtonLink to={paths.dashboard.profile}>Back to your profile</ButtonLink>
  return (
    <>
      <PageHeader
        title="Delete my account"
        breadcrumbs={[{ label: 'Profile', to: paths.dashboard.profile }]}
      />
      <Card>
        <CardBody>
          {blocked ? (
            <Callout tone="amber" title="Your account cannot be deleted now" action={back}>
              {blocked}
            </Callout>
          ) : (
            <Form {...form.props} className="flex flex-col gap-4">
              <FormErrors errors={form.errors} />
              <div className="max-w-text text-muted">
                <DeletionFacts preview={preview} own />
              </div>
              <FormFields>
                <TextField
                  {...form.field('confirmation')}
                  label="Type your email address to confirm"
                  autoComplete="off"
                  spellCheck={false}
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
                <SubmitButton variant="danger">Delete my account</SubmitButton>
                {back}
              </FormActions>
            </Form>
          )}
        </CardBody>
      </Card>
    </>
  )
}
