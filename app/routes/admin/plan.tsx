import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Archive, ArchiveRestore } from 'lucide-react'
import { editPlan } from '~/domain/catalog/edit-plan.server'
import { limitsLabel, planFormInput, planFormValues } from '~/domain/catalog/plan'
import { getPlan } from '~/domain/catalog/queries-plans.server'
import { formatNumber } from '~/domain/kernel/number'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { Dependents } from '~/ui/catalog/dependents'
import { PlanFields } from '~/ui/catalog/plan-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'Plan' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  return orNotFound(getPlan(ctx, planId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  const form = await parseForm(args.request, planFormInput)
  if (!form.ok) return form.response
  return respond(args, await editPlan(ctx, planId, form.value), {
    form,
    redirectTo: paths.admin.plan(planId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function PlanPage() {
  const plan = useLoaderData<typeof loader>()
  const { admin } = paths
  const archived = plan.archivedAt !== null
  const form = useServerForm({
    id: 'plan',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: {
      name: plan.name,
      description: plan.description,
      approval: plan.approval,
      ...planFormValues(plan),
    },
  })
  return (
    <>
      <PageHeader
        title={plan.name}
        breadcrumbs={[{ label: 'Plans', to: admin.plans }]}
        description={limitsLabel(plan)}
        status={archived && <Badge>Archived</Badge>}
        actions={
          <>
            <Form method="post" action={archived ? admin.restorePlan(plan.id) : admin.archivePlan(plan.id)}>
              <SubmitButton variant="secondary" icon={archived ? ArchiveRestore : Archive}>
                {archived ? 'Offer again' : 'Archive'}
              </SubmitButton>
            </Form>
            <ButtonLink to={admin.deletePlan(plan.id)}>Delete</ButtonLink>
          </>
        }
      />
      {archived && (
        <Callout tone="amber" title="Nobody can choose this plan">
          Access that was given under it goes on.
        </Callout>
      )}
      <Card>
        <CardHeader
          title="Terms"
          description="Changes are for new requests. Whoever has access keeps the terms that it was given under."
        />
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-6">
            <FormErrors errors={form.errors} />
            <PlanFields
              form={form}
              catalogs={plan.catalogs}
              chosenCatalogs={plan.catalogs.filter((one) => one.ticked).map((one) => one.id)}
            />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Who uses it"
          description={`${formatNumber(plan.approved)} approved and ${formatNumber(plan.pending)} waiting requests`}
        />
        <CardBody>
          <Dependents
            rows={plan.dependents}
            total={plan.approved + plan.pending}
            requestTo={admin.accessRequest}
          />
        </CardBody>
      </Card>
    </>
  )
}
