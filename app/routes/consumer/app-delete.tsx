import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deleteAppInput } from '~/domain/apps/app'
import { deleteApp } from '~/domain/apps/delete-app.server'
import { findAppDeletion } from '~/domain/apps/queries-deletion.server'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { DeleteAppForm } from '~/ui/apps/delete-app-form'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = parseId('app', args.params['appId'])
  const app = appId && (await findAppDeletion(ctx, appId))
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
    <>
      <PageHeader
        title={`Delete ${app.name}`}
        breadcrumbs={[
          { label: 'My apps', to: paths.dashboard.apps },
          { label: app.name, to: paths.dashboard.app(app.id) },
        ]}
      />
      <Card>
        <CardBody>
          <DeleteAppForm
            app={app}
            action={paths.dashboard.deleteApp(app.id)}
            lastResult={useActionData<{ form: unknown }>()?.form}
            cancel={<ButtonLink to={paths.dashboard.app(app.id)}>Cancel</ButtonLink>}
          />
        </CardBody>
      </Card>
    </>
  )
}
