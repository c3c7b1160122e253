import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { rejectAccessRequestInput } from '~/domain/access-requests/access-request'
import { getAccessRequest } from '~/domain/access-requests/queries.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextAreaField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject request' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  const { request, products } = await orNotFound(getAccessRequest(ctx, requestId))
  if (request.state !== 'pending') return redirect(paths.admin.accessRequest(requestId), 303)
  const { id, appName, organizationName, requesterName, planName } = request
  return {
    request: { id, appName, organizationName, requesterName, planName },
    products: products.map((product) => product.name),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  const form = await parseForm(args.request, rejectAccessRequestInput)
  if (!form.ok) return form.response
  const result = await rejectAccessRequest(ctx, requestId, form.value)
  // Too late: the request's own page shows how it was decided, this form would only lead here again.
  return respond(args, result, {
    redirectTo: paths.admin.accessRequest(requestId),
    notice: 'Request rejected',
  })
}

export default function AccessRequestRejectPage() {
  const { request, products } = useLoaderData<typeof loader>()
  const answer = useActionData() as { form?: unknown } | undefined
  const form = useServerForm({ id: 'reject', lastResult: answer?.form })
  return (
    <>
      <PageHeader
        title={`Reject ${request.appName}`}
        breadcrumbs={[
          { label: 'Access requests', to: paths.admin.accessRequests },
          { label: request.appName, to: paths.admin.accessRequest(request.id) },
        ]}
        description={`${request.requesterName ?? 'A developer'} of ${request.organizationName} asks for ${products.join(', ')} under the plan ${request.planName}.`}
      />
      <Card>
        <CardBody>
          <Form {...form.props}>
            <FormFields>
              <FormErrors errors={form.errors} />
              <TextAreaField
                {...form.field('reason')}
                label="Reason"
                optional
                maxLength={500}
                hint="The developer sees it on the app’s page and in the mail."
              />
              <FormActions>
                <SubmitButton variant="danger">Reject request</SubmitButton>
                <ButtonLink to={paths.admin.accessRequest(request.id)}>Cancel</ButtonLink>
              </FormActions>
            </FormFields>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
