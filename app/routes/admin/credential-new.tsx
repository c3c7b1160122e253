import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData, useSubmit } from '@remix-run/react'
import type { ReactNode } from 'react'
import { grantAccessInput } from '~/domain/access-requests/access-request'
import { grantAccess } from '~/domain/access-requests/grant-access.server'
import { getGrantChoices } from '~/domain/access-requests/queries-grant.server'
import { type CredentialType, credentialTypes } from '~/domain/apps/credential'
import { keyLifetimeLabel, limitsLabel } from '~/domain/catalog/plan'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { CredentialTypeChoice } from '~/ui/apps/credential-type-choice'
import { Button, ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { CheckboxGroup } from '~/ui/choice-field'
import { SelectField } from '~/ui/field'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { tickedValues } from '~/ui/form-values'
import { PageHeader } from '~/ui/page-header'
import { RadioCards } from '~/ui/radio-cards'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add credential' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const wanted = parseId('cat', new URL(args.request.url).searchParams.get('catalog') ?? undefined)
  const choices = await orNotFound(getGrantChoices(ctx, appId, wanted))
  return { ...choices, submissionId: crypto.randomUUID() }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, grantAccessInput)
  if (!form.ok) return form.response
  return respond(args, await grantAccess(ctx, appId, form.value), {
    form,
    redirectTo: paths.admin.app(appId),
    notice: 'Credential added. The owner of the app is told.',
  })
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function NewCredential() {
  const data = useLoaderData<typeof loader>()
  const { app, catalogs, catalogId, products, plans } = data
  const submit = useSubmit()
  const obstacle =
    app.organizationState !== 'active'
      ? `${app.organizationName} is not active. Restore it first.`
      : app.frozenAt !== null
        ? 'This app is frozen. Unfreeze it first.'
        : null
  const back = <ButtonLink to={paths.admin.app(app.id)}>Cancel</ButtonLink>
  return (
    <>
      <PageHeader
        title="Add credential"
        breadcrumbs={[
          { label: 'Apps', to: paths.admin.apps },
          { label: app.name, to: paths.admin.app(app.id) },
        ]}
        description={`Access for ${app.name} that is approved at once, with a credential of its own. Only the app’s developers can reveal its secret.`}
      />
      {obstacle ? (
        <Callout tone="amber" title="No credential can be added now" action={back}>
          {obstacle}
        </Callout>
      ) : (
        <>
          <Card>
            <CardHeader title="From which catalog" />
            <CardBody>
              <Form method="get" className="flex flex-col gap-4 sm:flex-row sm:items-end">
                <SelectField
                  key={catalogId}
                  name="catalog"
                  label="Catalog"
                  defaultValue={catalogId ?? undefined}
                  options={catalogs.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(event) =>
                    submit(event.currentTarget.form, { replace: true, preventScrollReset: true })
                  }
                  className="min-w-0 sm:w-96"
                />
                <Button type="submit">Choose</Button>
              </Form>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="What the credential opens" />
            <CardBody>
              {catalogId === null || products.length === 0 || plans.length === 0 ? (
                <p className="text-muted">
                  {products.length === 0
                    ? 'No published product of this catalog can be called. Choose another catalog.'
                    : 'No plan is offered for this catalog. Choose another one.'}
                </p>
              ) : (
                <GrantForm key={catalogId} data={data} catalogId={catalogId} cancel={back} />
              )}
            </CardBody>
          </Card>
        </>
      )}
    </>
  )
}

type GrantFormProps = { data: Loaded; catalogId: string; cancel: ReactNode }

function GrantForm({ data, catalogId, cancel }: GrantFormProps) {
  const { products, plans, submissionId } = data
  const form = useServerForm({ id: 'grant', lastResult: useActionData<{ form: unknown }>()?.form })
  const types = credentialTypes.filter((type) => products.some((product) => takesType(product, type)))
  const typedPlan = form.value('planId')
  const { defaultValue: _plan, ...planField } = form.field('planId')
  const { defaultValue: _products, ...productField } = form.field('productIds')
  return (
    <Form {...form.props} className="flex flex-col gap-5">
      <FormErrors errors={[...(form.errors ?? []), ...(form.field('submissionId').errors ?? [])]} />
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="catalogId" value={catalogId} />
      <CheckboxGroup
        {...productField}
        legend="Products"
        options={products.map(({ id, name, summary, ...takes }) => ({
          value: id,
          label: name,
          hint: withTypes(summary, takes),
        }))}
        defaultValues={tickedValues(form.failed, form.value('productIds'), [])}
        columns
      />
      <CredentialTypeChoice form={form} types={types} />
      <RadioCards
        {...planField}
        legend="Plan"
        defaultValue={
          typeof typedPlan === 'string' ? typedPlan : plans.length === 1 ? plans[0]?.id : undefined
        }
        columns
        options={plans.map((plan) => ({
          value: plan.id,
          title: plan.name,
          description: (
            <>
              {plan.description && <span className="block">{plan.description}</span>}
              {limitsLabel(plan)}. {keyLifetimeLabel(plan)}.
            </>
          ),
        }))}
      />
      <FormActions>
        <SubmitButton>Add credential</SubmitButton>
        {cancel}
      </FormActions>
    </Form>
  )
}

type Takes = { takesApiKey: boolean; takesOauth: boolean }

function takesType(takes: Takes, type: CredentialType): boolean {
  return type === 'api_key' ? takes.takesApiKey : takes.takesOauth
}

/** Said only where a product takes something else than the usual API key. */
function withTypes(summary: string, { takesApiKey, takesOauth }: Takes): string {
  if (!takesOauth) return summary
  return `${summary} (${takesApiKey ? 'API keys and OAuth clients' : 'OAuth clients only'})`
}
