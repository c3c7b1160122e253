import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { checkApiDocument } from '~/domain/catalog/check-api-document.server'
import { documentSourceInput, maxDocumentFormBytes } from '~/domain/catalog/document-source'
import { getApiFacts } from '~/domain/catalog/queries-documents.server'
import { documentText } from '~/platform/document-text'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { failedForm, orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextAreaField, TextField } from '~/ui/field'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Import document' }]

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
  const form = await parseForm(args.request, documentSourceInput, { maxBytes: maxDocumentFormBytes })
  if (!form.ok) return form.response
  const text = await documentText(form.value, ctx)
  if (!text.ok) return failedForm(form, text.error)
  return respond(args, await checkApiDocument(ctx, productId, apiId, text.value), {
    form,
    redirectTo: ({ documentId }) => paths.admin.apiDocument(productId, apiId, documentId),
  })
}

export default function ImportDocument() {
  const api = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'import', lastResult: useActionData<{ form: unknown }>()?.form })
  const { defaultValue: _, ...file } = form.field('file')
  const back = paths.admin.api(api.productId, api.id)
  return (
    <>
      <PageHeader
        title="Import document"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: api.productName, to: paths.admin.product(api.productId) },
          { label: api.name, to: back },
        ]}
        description="OpenAPI 3.0 or 3.1, as JSON or YAML, up to 5 MB. It is checked first: nothing changes until you import it."
      />
      <Card>
        <CardBody>
          <Form {...form.props} encType="multipart/form-data" className="flex flex-col gap-5">
            <FormErrors errors={form.errors} title="The document cannot be imported" />
            <TextField
              {...file}
              type="file"
              accept=".json,.yaml,.yml,application/json,application/yaml,text/yaml"
              label="File"
              className="max-w-form"
            />
            <TextField
              {...form.field('url')}
              label="or its address"
              hint="A public web address. It is fetched once, without following redirects."
              inputMode="url"
              placeholder="https://api.example.com/openapi.json"
              className="max-w-form"
              mono
            />
            <TextAreaField
              {...form.field('text')}
              label="or paste it here"
              rows={14}
              mono
              spellCheck={false}
              autoCapitalize="none"
            />
            <FormActions>
              <SubmitButton>Check document</SubmitButton>
              <ButtonLink to={back}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
