import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { markdownTextInput } from '~/domain/catalog/product'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { Card, CardBody } from '~/ui/card'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Preview' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

/** Changes nothing: a text is posted because it is too long for an address. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, markdownTextInput, { maxBytes: 1024 * 1024 })
  return { html: form.ok ? ctx.markdown.render(form.value.description || form.value.body) : '' }
}

export default function MarkdownPreview() {
  const html = useActionData<typeof action>()?.html
  return (
    <>
      <PageHeader title="Preview" />
      <Card>
        <CardBody>
          {html ? (
            <RenderedHtml html={html} />
          ) : (
            <p className="text-muted">
              There is nothing to show. Use the button Preview of a description or a guide.
            </p>
          )}
        </CardBody>
      </Card>
    </>
  )
}
