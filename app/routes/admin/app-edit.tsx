import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { updateAppInput } from '~/domain/apps/app'
import { getAppSettings } from '~/domain/apps/queries-settings.server'
import { updateApp } from '~/domain/apps/update-app.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { AppForm } from '~/ui/apps/app-form'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Edit app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  return orNotFound(getAppSettings(ctx, appId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, updateAppInput)
  if (!form.ok) return form.response
  return respond(args, await updateApp(ctx, appId, form.value), {
    form,
    redirectTo: paths.admin.app(appId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditApp() {
  const { app, canShare, teams } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Edit ${app.name}`}
        breadcrumbs={[
          { label: 'Apps', to: paths.admin.apps },
          { label: app.name, to: paths.admin.app(app.id) },
        ]}
      />
      <Card>
        <CardBody>
          <AppForm
            app={app}
            teams={teams}
            organizationName={app.organizationName}
            noSharing={
              canShare
                ? null
                : app.inDefaultOrganization
                  ? 'This app is personal: in the default organization nothing is shared.'
                  : 'This app is personal: only its owner can open it to others.'
            }
            lastResult={useActionData<{ form: unknown }>()?.form}
            cancel={<ButtonLink to={paths.admin.app(app.id)}>Cancel</ButtonLink>}
          />
        </CardBody>
      </Card>
    </>
  )
}
