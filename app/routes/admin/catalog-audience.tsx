import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { addToAudience } from '~/domain/catalog/add-to-audience.server'
import { audienceInput } from '~/domain/catalog/catalog'
import { findAudience } from '~/domain/catalog/queries-catalogs.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { FilterBar } from '~/ui/filter-bar'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Add to the audience' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  const search = new URL(args.request.url).searchParams.get('q')?.trim().slice(0, 80) ?? ''
  return { search, ...(await orNotFound(findAudience(ctx, catalogId, search))) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  const form = await parseForm(args.request, audienceInput)
  if (!form.ok) throw notFound()
  return respond(args, await addToAudience(ctx, catalogId, form.value), {
    redirectTo: paths.admin.catalog(catalogId),
    notice: ({ name }) => `This catalog is now for ${name}`,
  })
}

export default function CatalogAudience() {
  const { catalog, search, organizations, teams, more } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Add to the audience"
        breadcrumbs={[
          { label: 'Catalogs', to: paths.admin.catalogs },
          { label: catalog.name, to: paths.admin.catalog(catalog.id) },
        ]}
        description="Everybody in an organization or team that you add sees this catalog."
        actions={<ButtonLink to={paths.admin.catalog(catalog.id)}>Done</ButtonLink>}
      />
      <FilterBar
        search={{
          value: search,
          label: 'Search organizations and teams',
          placeholder: 'Name of organization or team',
        }}
      />
      {more && <p className="text-muted">There are more than are shown. Search for a name.</p>}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Choices
          title="Organizations"
          action={paths.admin.catalogAudience(catalog.id)}
          rows={organizations}
          empty={search ? 'No organization matches.' : 'Every organization is in the audience.'}
        />
        <Choices
          title="Teams"
          action={paths.admin.catalogAudience(catalog.id)}
          rows={teams.map((team) => ({ ...team, detail: team.organization }))}
          empty={search ? 'No team matches.' : 'Every team is in the audience.'}
        />
      </div>
    </>
  )
}

type ChoicesProps = {
  title: string
  action: string
  rows: readonly { id: string; name: string; detail?: string }[]
  empty: string
}

function Choices({ title, action, rows, empty }: ChoicesProps) {
  return (
    <Card>
      <CardHeader title={title} />
      <CardBody>
        {rows.length === 0 ? (
          <p className="text-muted">{empty}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {rows.map(({ id, name, detail }) => (
              <li key={id} className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
                <span className="min-w-0 wrap-anywhere">
                  {name}
                  {detail && <span className="block text-sm text-muted">{detail}</span>}
                </span>
                <Form method="post" action={action}>
                  <input type="hidden" name="member" value={id} />
                  <SubmitButton variant="secondary" size="sm" aria-label={`Add ${name}`}>
                    Add
                  </SubmitButton>
                </Form>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}
