import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deleteApi } from '~/domain/catalog/delete-api.server'
import { deleteApiInput } from '~/domain/catalog/product'
import { getApiFacts } from '~/domain/catalog/queries-documents.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { countOf } from '~/ui/count-of'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Delete API' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  return orNotFound(getApiFacts(ctx, productId, apiId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const form = await parseForm(args.request, deleteApiInput)
  if (!form.ok) return form.response
  return respond(args, await deleteApi(ctx, productId, apiId, form.value), {
    form,
    redirectTo: paths.admin.product(productId),
    notice: ({ name }) => `${name} is deleted`,
  })
}

export default function DeleteApi() {
  const api = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'delete-api', lastResult: useActionData<{ form: unknown }>()?.form })
  const { id, errors } = form.field('confirmation')
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={`Delete ${api.name}`}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: api.productName, to: admin.product(api.productId) },
          { label: api.name, to: admin.api(api.productId, api.id) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          {api.apps > 0 && (
            <Callout tone="red" title={`${countOf(api.apps, 'app')} can call this API or wait to`}>
              Within seconds, calls to it are answered 404 (unknown_api). Access to the other APIs of{' '}
              {api.productName} goes on.
            </Callout>
          )}
          <ConfirmForm
            action={admin.deleteApi(api.productId, api.id)}
            confirmLabel="Delete API"
            typeToConfirm={api.apps > 0 ? api.name : undefined}
            id={id}
            errors={[...(errors ?? []), ...(form.errors ?? [])]}
            cancel={<ButtonLink to={admin.api(api.productId, api.id)}>Back to the API</ButtonLink>}
          >
            Its document, all earlier ones and its reference are deleted. It cannot be brought back.
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
