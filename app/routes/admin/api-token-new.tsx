import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData } from '@remix-run/react'
import {
  type ApiScope,
  apiScopeLabels,
  apiScopes,
  apiTokenLifetimes,
  createApiTokenInput,
} from '~/domain/accounts/api-token'
import { createApiToken } from '~/domain/accounts/create-api-token.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { NewApiToken } from '~/ui/accounts/new-api-token'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { CheckboxGroup } from '~/ui/choice-field'
import { SelectField, TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { tickedValues } from '~/ui/form-values'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Create API token' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, createApiTokenInput)
  if (!form.ok) return form.response
  const result = await createApiToken(ctx, form.value)
  if (!result.ok) return failedForm(form, result.error)
  const { name, token } = result.value
  const tryAt = `${ctx.origin}${paths.api.root}${firstList(form.value.scopes)}`
  return data({ form: null, made: { name, token, tryAt } }, { headers: { 'Cache-Control': 'no-store' } })
}

/** A list that the token may read. */
function firstList(scopes: readonly ApiScope[]): string {
  const readable = (Object.keys(lists) as (keyof typeof lists)[]).find((scope) => scopes.includes(scope))
  return readable ? lists[readable] : '/apps/APP_ID/credentials'
}

const lists = {
  'organizations:read': '/organizations',
  'users:read': '/users',
  'teams:read': '/organizations/org_default/teams',
  'apps:read': '/apps',
  'access-requests:read': '/access-requests',
  'events:read': '/events',
  'deliveries:read': '/deliveries',
  'products:read': '/products',
} satisfies Partial<Record<ApiScope, string>>

export default function NewApiTokenPage() {
  const answer = useActionData<{
    form: unknown
    made?: { name: string; token: string; tryAt: string }
  }>()
  const form = useServerForm({
    id: 'new-token',
    lastResult: answer?.form,
    defaultValue: { lifetimeDays: '30' },
  })
  if (answer?.made) {
    return <NewApiToken {...answer.made} documentAt={paths.api.document} doneTo={paths.admin.apiTokens} />
  }
  return (
    <>
      <PageHeader
        title="Create API token"
        breadcrumbs={[{ label: 'API tokens', to: paths.admin.apiTokens }]}
        description="It lets a program do what you can do, within its scopes, and stops when your account does."
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...form.field('name')}
                label="Name"
                required
                maxLength={80}
                autoComplete="off"
                hint="What it is for, such as the name of the program."
              />
              <SelectField
                {...form.field('lifetimeDays')}
                label="Expires after"
                required
                options={apiTokenLifetimes.map((days) => ({ value: days, label: lifetime(days) }))}
                hint="Then the program needs a new token."
              />
            </FormFields>
            <CheckboxGroup
              id="new-token-scopes"
              legend="Scopes"
              name="scopes"
              columns
              options={apiScopes.map((scope) => ({
                value: scope,
                label: apiScopeLabels[scope],
                hint: <code className="text-xs">{scope}</code>,
              }))}
              defaultValues={tickedValues(form.failed, form.value('scopes'), [])}
              hint="Choose no more than it needs. What it may change, it may read."
              errors={form.field('scopes').errors}
            />
            <FormActions>
              <SubmitButton>Create API token</SubmitButton>
              <ButtonLink to={paths.admin.apiTokens}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}

function lifetime(days: string): string {
  return days === '365' ? '1 year' : `${days} days`
}
