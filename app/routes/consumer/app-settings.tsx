import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { updateAppInput } from '~/domain/apps/app'
import { getAppSettings } from '~/domain/apps/queries-settings.server'
import { updateApp } from '~/domain/apps/update-app.server'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, respond } from '~/platform/responses'
import { SharingFields } from '~/ui/apps/sharing-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextAreaField, TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'App settings' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = parseId('app', args.params['appId'])
  if (!appId) throw notFound()
  const { organization } = await args.context.scope.viewer()
  return {
    ...(await orNotFound(getAppSettings(ctx, appId))),
    isDefault: organization?.isDefault === true,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = parseId('app', args.params['appId'])
  if (!appId) throw notFound()
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
  const form = useServerForm({
    id: 'app-settings',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: {
      name: app.name,
      description: app.description,
      visibility: app.visibility,
      teamId: app.teamId ?? '',
      redirectUrls: app.redirectUrls.join('\n'),
    },
  })
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
          <Form {...form.props} className="group/app flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...form.field('name')}
                label="App name"
                maxLength={80}
                autoComplete="off"
                required
              />
              <TextAreaField
                {...form.field('description')}
                label="Description"
                optional
                rows={2}
                maxLength={500}
              />
              {canShare ? (
                <SharingFields
                  form={form}
                  teams={teams}
                  names={{ visibility: 'visibility', team: 'teamId' }}
                />
              ) : (
                <p className="text-muted">
                  {isDefault
                    ? 'This app is personal. In an organization of your own you can share it.'
                    : 'Who sees this app is decided by its owner.'}
                </p>
              )}
              <TextAreaField
                {...form.field('redirectUrls')}
                label="Redirect URLs"
                optional
                rows={2}
                mono
                hint="One a line. Only programs that send people to log in need them."
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.dashboard.app(app.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
