import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { freezeAppInput } from '~/domain/apps/app'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { getAppSettings } from '~/domain/apps/queries-settings.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FreezeAppPage } from '~/ui/apps/freeze-app-page'

export const meta: MetaFunction = () => [{ title: 'Freeze app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const { app } = await orNotFound(getAppSettings(ctx, appId))
  if (app.frozenAt !== null) throw redirect(paths.dashboard.app(appId), 303)
  return { app }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, freezeAppInput)
  if (!form.ok) return form.response
  const result = await freezeApp(ctx, appId, form.value)
  if (!result.ok && result.error.code !== 'not_found') {
    return redirectWithNotice(args, paths.dashboard.app(appId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.dashboard.app(appId),
    notice: ({ name }) => `${name} is frozen`,
  })
}

export default function FreezeApp() {
  const { app } = useLoaderData<typeof loader>()
  return (
    <FreezeAppPage
      app={app}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      appTo={paths.dashboard.app(app.id)}
      lastResult={useActionData<{ form: unknown }>()?.form}
    >
      Everyone who can change the app can unfreeze it.
    </FreezeAppPage>
  )
}
