import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { editHomePage } from '~/domain/settings/edit-home-page.server'
import { editHomePageInput, maxHomeText } from '~/domain/settings/home-page'
import { getHomeText } from '~/domain/settings/queries.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { MarkdownField } from '~/ui/catalog/markdown-field'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Home page text' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return getHomeText(ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, editHomePageInput)
  if (!form.ok) return form.response
  return respond(args, await editHomePage(ctx, form.value), {
    form,
    redirectTo: paths.admin.homePage,
    notice: ({ changed }) => (changed ? 'The home page is saved' : 'Nothing was changed'),
  })
}

export default function HomePageText() {
  const home = useLoaderData<typeof loader>()
  return <HomePageEditor key={home.version} home={home} />
}

function HomePageEditor({ home }: { home: Awaited<ReturnType<typeof loader>> }) {
  const form = useServerForm({
    id: 'home-page',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { body: home.text, version: String(home.version) },
  })
  return (
    <FormPage
      title="Home page text"
      breadcrumbs={[{ label: 'General settings', to: paths.admin.settings }]}
      description="Under the portal’s name, above the products."
      form={form}
      submit="Save text"
      cancelTo={paths.admin.settings}
      cancelLabel="Back to general settings"
    >
      <input type="hidden" name="version" value={form.field('version').defaultValue} />
      <MarkdownField
        {...form.field('body')}
        label="Text"
        rows={10}
        maxLength={maxHomeText}
        previewAction={paths.admin.markdownPreview}
        hint="Markdown, at most 10,000 characters. It may stay empty."
      />
    </FormPage>
  )
}
