import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changePlanInput } from '~/domain/access-requests/access-request'
import { changePlan } from '~/domain/access-requests/change-plan.server'
import { readPlanChange, whyNoPlanChange } from '~/domain/access-requests/plan-change.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { PlanCards } from '~/ui/access-requests/plan-cards'
import { PlanTerms } from '~/ui/access-requests/plan-terms'
import { DefinitionList } from '~/ui/definition-list'
import { TextAreaField } from '~/ui/field'
import { FormErrors } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Change plan' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const [appId, requestId] = [idParam(args, 'app', 'appId'), idParam(args, 'req', 'requestId')]
  const facts = await orNotFound(readPlanChange(ctx, appId, requestId))
  const { access, products, plans } = facts
  return {
    access,
    plans,
    products: products.map((product) => product.name),
    obstacle: whyNoPlanChange(facts),
    submissionId: crypto.randomUUID(),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const [appId, requestId] = [idParam(args, 'app', 'appId'), idParam(args, 'req', 'requestId')]
  const form = await parseForm(args.request, changePlanInput)
  if (!form.ok) return form.response
  return respond(args, await changePlan(ctx, appId, requestId, form.value), {
    form,
    redirectTo: paths.dashboard.app(appId),
    notice: ({ state }) =>
      state === 'approved'
        ? 'Plan changed. The same key goes on under it.'
        : 'Your request has been sent. The plan stays as it is until it is approved.',
  })
}

export default function ChangePlan() {
  const { access, products, plans, obstacle, submissionId } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'plan', lastResult: useActionData<{ form: unknown }>()?.form })
  const back = paths.dashboard.app(access.appId)
  return (
    <FormPage
      title="Change plan"
      breadcrumbs={[
        { label: 'My apps', to: paths.dashboard.apps },
        { label: access.appName, to: back },
      ]}
      description="The key stays the same. What was called so far counts under the new plan, too."
      form={form}
      submit={obstacle === null ? 'Change plan' : null}
      cancelTo={back}
      cancelLabel={obstacle === null ? 'Cancel' : 'Back to the app'}
    >
      <FormErrors errors={form.field('submissionId').errors} />
      <input type="hidden" name="submissionId" value={submissionId} />
      <DefinitionList
        items={[
          { term: 'Products', value: products.join(', ') },
          { term: 'Catalog', value: access.catalogName },
          {
            term: 'Plan now',
            value: (
              <>
                {access.planName}
                <PlanTerms terms={access} />
              </>
            ),
          },
        ]}
      />
      {obstacle === null ? (
        <>
          <PlanCards form={form} plans={plans} legend="New plan" />
          <TextAreaField
            {...form.field('note')}
            label="Note to the approver"
            optional
            rows={3}
            maxLength={1000}
            className="max-w-form"
            hint="Why you need the other plan. Plans that approve at once need none."
          />
        </>
      ) : (
        <p>{obstacle}</p>
      )}
    </FormPage>
  )
}
