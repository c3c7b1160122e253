import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { listCatalogChoices } from '~/domain/catalog/catalog-choices.server'
import { createPlan } from '~/domain/catalog/create-plan.server'
import { planFormInput } from '~/domain/catalog/plan'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { PlanFields } from '~/ui/catalog/plan-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Create plan' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return { catalogs: await listCatalogChoices(ctx) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, planFormInput)
  if (!form.ok) return form.response
  return respond(args, await createPlan(ctx, form.value), {
    form,
    redirectTo: ({ planId }) => paths.admin.plan(planId),
    notice: `${form.value.name} is created`,
  })
}

const blank = { rateEvery: '1', rateUnit: 'second', quotaPeriod: 'month', approval: 'manual' }

export default function NewPlan() {
  const { catalogs } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'new-plan',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: blank,
  })
  return (
    <>
      <PageHeader title="Create plan" breadcrumbs={[{ label: 'Plans', to: paths.admin.plans }]} />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-6">
            <FormErrors errors={form.errors} />
            <PlanFields form={form} catalogs={catalogs} chosenCatalogs={[]} />
            <FormActions>
              <SubmitButton>Create plan</SubmitButton>
              <ButtonLink to={paths.admin.plans}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
