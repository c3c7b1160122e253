import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { transferAppInput } from '~/domain/apps/app'
import { getAppTransfer } from '~/domain/apps/queries-transfer.server'
import { transferApp } from '~/domain/apps/transfer-app.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { SelectField } from '~/ui/field'
import { PersonFinder } from '~/ui/finders'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Transfer app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const search = new URL(args.request.url).searchParams.get('search')?.trim().slice(0, 80) ?? ''
  return { ...(await orNotFound(getAppTransfer(ctx, appId, search))), search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const form = await parseForm(args.request, transferAppInput)
  if (!form.ok) return form.response
  return respond(args, await transferApp(ctx, appId, form.value), {
    form,
    redirectTo: paths.dashboard.apps,
    notice: ({ name, ownerName }) => `${name} belongs to ${ownerName} now`,
  })
}

export default function TransferApp() {
  const { app, people, more, search } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'transfer-app', lastResult: useActionData<{ form: unknown }>()?.form })
  const cancel = <ButtonLink to={paths.dashboard.app(app.id)}>Cancel</ButtonLink>
  return (
    <>
      <PageHeader
        title={`Transfer ${app.name}`}
        breadcrumbs={[
          { label: 'My apps', to: paths.dashboard.apps },
          { label: app.name, to: paths.dashboard.app(app.id) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <p className="max-w-text text-muted">
            The new owner gets the mails about this app and decides who sees it. Its keys go on working.{' '}
            {app.visibility === 'personal'
              ? 'It is personal: only a super admin can take it over, and you will not see it any more.'
              : 'Whoever sees it now goes on seeing it.'}
          </p>
          {(more || search !== '') && <PersonFinder search={search} label="Find member" />}
          {people.length === 0 ? (
            <>
              <p className="text-muted">
                {search ? 'No member who sees this app matches.' : 'Nobody else sees this app.'}
              </p>
              <FormActions>{cancel}</FormActions>
            </>
          ) : (
            <Form {...form.props} className="flex flex-col gap-4">
              <FormErrors errors={form.errors} />
              <FormFields>
                <SelectField
                  {...form.field('userId')}
                  label="New owner"
                  options={[
                    { value: '', label: 'Choose a member' },
                    ...people.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
                  ]}
                  hint={more ? 'Only the first 50 are listed. Search for more.' : undefined}
                />
              </FormFields>
              <FormActions>
                <SubmitButton variant="danger">Transfer ownership</SubmitButton>
                {cancel}
              </FormActions>
            </Form>
          )}
        </CardBody>
      </Card>
    </>
  )
}
