import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deleteAppInput } from '~/domain/apps/app'
import { deleteApp } from '~/domain/apps/delete-app.server'
import { findAppDeletion } from '~/domain/apps/queries-deletion.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { DeleteAppPage } from '~/ui/apps/delete-app-page'

export const meta: MetaFunction = () => [{ title: 'Delete app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const app = await findAppDeletion(ctx, idParam(args, 'app', 'appId'))
  if (!app) throw notFound()
  return app
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, deleteAppInput)
  if (!form.ok) return form.response
  return respond(args, await deleteApp(ctx, appId, form.value), {
    form,
    redirectTo: paths.dashboard.apps,
    notice: ({ name }) => `${name} is deleted`,
  })
}

export default function DeleteApp() {
  const app = useLoaderData<typeof loader>()
  return (
    <DeleteAppPage
      app={app}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      appTo={paths.dashboard.app(app.id)}
      deleteTo={paths.dashboard.deleteApp(app.id)}
      lastResult={useActionData<{ form: unknown }>()?.form}
    />
  )
}
