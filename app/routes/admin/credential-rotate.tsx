import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { findCredential } from '~/domain/apps/queries.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { rotateCredentialInput } from '~/domain/apps/rotation'
import { visibleApps } from '~/domain/apps/visibility.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { OverlapCards } from '~/ui/apps/overlap-cards'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Rotate key' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const credential = await findCredential(ctx, appId, credentialId, visibleApps(ctx.actor))
  if (!credential) throw notFound()
  return { appId, credential }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const form = await parseForm(args.request, rotateCredentialInput)
  if (!form.ok) return form.response
  return respond(args, await rotateCredential(ctx, appId, credentialId, form.value), {
    form,
    redirectTo: paths.admin.app(appId),
    notice: 'Key rotated. The owner of the app is told.',
  })
}

export default function CredentialRotatePage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'rotate-key', lastResult: useActionData<{ form: unknown }>()?.form })
  const back = <ButtonLink to={paths.admin.app(appId)}>Back to the app</ButtonLink>
  return (
    <>
      <PageHeader
        title="Rotate key"
        breadcrumbs={[
          { label: 'Apps', to: paths.admin.apps },
          { label: credential.appName, to: paths.admin.app(appId) },
        ]}
        description={`${credential.name}, ending in ${credential.hint}`}
      />
      <Card>
        <CardBody>
          {credential.state === 'active' ? (
            <Form {...form.props} className="flex flex-col gap-5">
              <FormErrors errors={form.errors} />
              <p className="max-w-text text-muted">
                A new key is made for the same access and the same limits. You do not see it: the app’s
                developers reveal it, and its owner is told by mail.
              </p>
              <OverlapCards field={form.field('overlap')} legend="When does the old key stop working?" />
              <FormActions>
                <SubmitButton>Rotate key</SubmitButton>
                {back}
              </FormActions>
            </Form>
          ) : (
            <Callout title="This key cannot be rotated" action={back}>
              It was replaced or revoked already, or it has expired.
            </Callout>
          )}
        </CardBody>
      </Card>
    </>
  )
}
