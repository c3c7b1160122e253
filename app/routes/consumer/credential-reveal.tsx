import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { maskedKey } from '~/domain/apps/credential'
import { findCredential } from '~/domain/apps/queries.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { appsWithOpenSecrets } from '~/domain/apps/visibility.server'
import { errorStatus } from '~/domain/kernel/errors'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { SecretField } from '~/ui/secret-field'

export const meta: MetaFunction = () => [{ title: 'Reveal key' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const credential = await findCredential(ctx, appId, credentialId, appsWithOpenSecrets(ctx.actor))
  if (!credential) throw notFound()
  return { appId, credential }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const result = await revealCredential(ctx, appId, credentialId)
  const headers = { 'Cache-Control': 'no-store' }
  if (result.ok) return data({ ...result.value, problem: null }, { headers })
  if (result.error.code === 'not_found') throw notFound()
  return data(
    { secret: null, shownOnce: false, problem: result.error.message },
    { status: errorStatus[result.error.code], headers },
  )
}

export default function CredentialRevealPage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const secret = answer?.secret ?? null
  return (
    <>
      <PageHeader
        title="Reveal key"
        breadcrumbs={[
          { label: 'My apps', to: paths.dashboard.apps },
          { label: credential.appName, to: paths.dashboard.app(appId) },
        ]}
        description={`${credential.name}, ending in ${credential.hint}`}
      />
      <Card>
        <CardBody className="flex flex-col gap-4">
          <FormErrors errors={answer?.problem ? [answer.problem] : null} />
          {answer?.shownOnce && (
            <Callout tone="amber" title="This key is shown this one time only">
              Copy it now and keep it in a safe place. It cannot be shown again.
            </Callout>
          )}
          {secret === null && !answer && (
            <p className="max-w-text text-muted">
              {`Whoever holds this key can call ${credential.products.join(', ')} as ${credential.appName}. `}
              Revealing it is recorded in the app’s activity.
              {credential.showOnce && ' It is shown once: after that, nobody can see it again.'}
            </p>
          )}
          <SecretField
            label="API key"
            masked={maskedKey(credential.hint)}
            secret={secret}
            revealForm={
              !answer && (
                <Form method="post">
                  <SubmitButton>Reveal</SubmitButton>
                </Form>
              )
            }
          />
          <div>
            <ButtonLink to={paths.dashboard.app(appId)}>Back to the app</ButtonLink>
          </div>
        </CardBody>
      </Card>
    </>
  )
}
