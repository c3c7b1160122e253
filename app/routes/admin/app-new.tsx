import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { createAppForInput } from '~/domain/apps/app'
import { createAppFor } from '~/domain/apps/create-app-for.server'
import { getOwnerChoices } from '~/domain/apps/queries-owner.server'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { AppForm } from '~/ui/apps/app-form'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { FieldErrors } from '~/ui/field-frame'
import { PersonFinder } from '~/ui/finders'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'New app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('search')?.trim().slice(0, 80) ?? ''
  const ownerId = parseId('usr', params.get('owner') ?? undefined)
  return { ...(await getOwnerChoices(ctx, { search, ownerId })), search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, createAppForInput)
  if (!form.ok) return form.response
  return respond(args, await createAppFor(ctx, form.value), {
    form,
    redirectTo: ({ appId }) => paths.admin.app(appId),
    notice: ({ name }) => `${name} is made. Give it a credential next.`,
  })
}

const empty = { name: '', description: '', visibility: 'organization', teamId: null, redirectUrls: [] }

export default function NewApp() {
  const { people, more, owner, teams, search } = useLoaderData<typeof loader>()
  const lastResult = useActionData<{ form: unknown }>()?.form
  const form = useServerForm({ id: 'new-app-owner', lastResult })
  return (
    <>
      <PageHeader
        title="New app"
        breadcrumbs={[{ label: 'Apps', to: paths.admin.apps }]}
        description="An app that you make for a developer. They own it, and are told by mail."
      />
      {owner ? (
        <Card>
          <CardHeader
            title={`An app of ${owner.name}`}
            description={`${owner.email}, ${owner.organizationName}`}
            actions={<TextLink to={paths.admin.newApp()}>Another developer</TextLink>}
          />
          <CardBody>
            <AppForm
              app={empty}
              teams={teams}
              organizationName={owner.organizationName}
              noSharing={
                owner.inDefaultOrganization
                  ? 'The app is personal: in the default organization nothing is shared.'
                  : null
              }
              submitLabel="Create app"
              lastResult={lastResult}
              cancel={<ButtonLink to={paths.admin.apps}>Cancel</ButtonLink>}
            >
              <input type="hidden" name="ownerId" value={owner.id} />
              <FieldErrors id="new-app-ownerId" errors={form.field('ownerId').errors} />
            </AppForm>
          </CardBody>
        </Card>
      ) : (
        <Card>
          <CardHeader title="For whom" description="Choose the developer who owns the app." />
          <CardBody className="flex flex-col gap-5">
            <PersonFinder search={search} label="Find developer" />
            {people.length === 0 ? (
              <p className="text-muted">
                {search
                  ? 'No active developer matches. Names and addresses are found by how they begin.'
                  : 'There is no active developer yet.'}
              </p>
            ) : (
              <ul className="flex flex-col divide-y divide-line">
                {people.map(({ id, name, email, organizationName }) => (
                  <li
                    key={id}
                    className="flex items-center justify-between gap-3 py-2.5 first:pt-0 last:pb-0"
                  >
                    <span className="min-w-0 wrap-anywhere">
                      {name}
                      <span className="block text-sm text-muted">
                        {email}, {organizationName}
                      </span>
                    </span>
                    <ButtonLink to={paths.admin.newApp(id)} size="sm" aria-label={`Choose ${name}`}>
                      Choose
                    </ButtonLink>
                  </li>
                ))}
              </ul>
            )}
            {more && <p className="text-sm text-muted">There are more than are shown. Search for a name.</p>}
          </CardBody>
        </Card>
      )}
    </>
  )
}
