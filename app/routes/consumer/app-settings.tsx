import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { updateAppInput } from '~/domain/apps/app'
import { getAppSettings } from '~/domain/apps/queries-settings.server'
import { updateApp } from '~/domain/apps/update-app.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { AppForm } from '~/ui/apps/app-form'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'App settings' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const { organization } = await args.context.scope.viewer()
  return {
    ...(await orNotFound(getAppSettings(ctx, appId))),
    isDefault: organization?.isDefault === true,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, updateAppInput)
  if (!form.ok) return form.response
  return respond(args, await updateApp(ctx, appId, form.value), {
    form,
    redirectTo: paths.dashboard.app(appId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function AppSettings() {
  const { app, canShare, teams, isDefault } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="App settings"
        breadcrumbs={[
          { label: 'My apps', to: paths.dashboard.apps },
          { label: app.name, to: paths.dashboard.app(app.id) },
        ]}
      />
      <Card>
        <CardBody>
          <AppForm
            app={app}
            teams={teams}
            noSharing={
              canShare
                ? null
                : isDefault
                  ? 'This app is personal. In an organization of your own you can share it.'
                  : 'Who sees this app is decided by its owner.'
            }
            lastResult={useActionData<{ form: unknown }>()?.form}
            cancel={<ButtonLink to={paths.dashboard.app(app.id)}>Cancel</ButtonLink>}
          />
        </CardBody>
      </Card>
    </>
  )
}
