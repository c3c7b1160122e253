import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { deletePlan } from '~/domain/catalog/delete-plan.server'
import { getPlan } from '~/domain/catalog/queries-plans.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, redirectWithNotice } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { Dependents } from '~/ui/catalog/dependents'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete plan' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  return orNotFound(getPlan(ctx, planId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  const result = await deletePlan(ctx, planId)
  if (!result.ok && result.error.code === 'not_found') throw notFound()
  return result.ok
    ? redirectWithNotice(args, paths.admin.plans, `${result.value.name} is deleted`)
    : redirectWithNotice(args, paths.admin.deletePlan(planId), result.error.message, 'error')
}

export default function DeletePlan() {
  const plan = useLoaderData<typeof loader>()
  const { admin } = paths
  const back = <ButtonLink to={admin.plan(plan.id)}>Back to the plan</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Delete ${plan.name}`}
        breadcrumbs={[
          { label: 'Plans', to: admin.plans },
          { label: plan.name, to: admin.plan(plan.id) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          {plan.requests > 0 ? (
            <>
              <Callout tone="amber" title="This plan cannot be deleted" action={back}>
                {formatNumber(plan.requests)} access requests were made under it, and they keep its terms.
                {plan.archivedAt === null && ' Archive it: then nobody can choose it any more.'}
              </Callout>
              {plan.archivedAt === null && (
                <Form method="post" action={admin.archivePlan(plan.id)}>
                  <SubmitButton>Archive {plan.name}</SubmitButton>
                </Form>
              )}
              <Dependents
                rows={plan.dependents}
                total={plan.approved + plan.pending}
                requestTo={admin.accessRequest}
              />
            </>
          ) : (
            <ConfirmForm action={admin.deletePlan(plan.id)} confirmLabel="Delete plan" cancel={back}>
              Nobody ever asked for access under {plan.name}. It leaves the catalogs that offer it, and cannot
              be brought back.
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
