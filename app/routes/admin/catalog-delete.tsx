import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteCatalog } from '~/domain/catalog/delete-catalog.server'
import { getCatalogFacts } from '~/domain/catalog/queries-catalogs.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, redirectWithNotice } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { countOf } from '~/ui/count-of'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete catalog' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  return orNotFound(getCatalogFacts(ctx, catalogId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  const result = await deleteCatalog(ctx, catalogId)
  if (!result.ok) throw notFound()
  return redirectWithNotice(args, paths.admin.catalogs, `${result.value.name} is deleted`)
}

export default function DeleteCatalog() {
  const catalog = useLoaderData<typeof loader>()
  const { approved, pending, carts, products, plans } = catalog
  const facts = [
    `${countOf(products, 'product')} and ${countOf(plans, 'plan')} are no longer offered through it. They themselves stay.`,
    approved > 0
      ? `${countOf(approved, 'approved request')} ${approved === 1 ? 'goes' : 'go'} on: access keeps working under the terms it was given.`
      : 'Nobody has access through it.',
    pending > 0
      ? `${countOf(pending, 'request')} that ${pending === 1 ? 'waits' : 'wait'} can still be decided.`
      : null,
    carts > 0
      ? `${countOf(carts, 'cart')} ${carts === 1 ? 'holds' : 'hold'} products of it: there they are marked as gone, and cannot be requested.`
      : null,
    'Its name and its slug are free for another catalog. It cannot be brought back.',
  ]
  return (
    <>
      <PageHeader
        title={`Delete ${catalog.name}`}
        breadcrumbs={[
          { label: 'Catalogs', to: paths.admin.catalogs },
          { label: catalog.name, to: paths.admin.catalog(catalog.id) },
        ]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.deleteCatalog(catalog.id)}
            confirmLabel="Delete catalog"
            cancel={<ButtonLink to={paths.admin.catalog(catalog.id)}>Back to the catalog</ButtonLink>}
          >
            <ul className="flex list-disc flex-col gap-1 pl-5">
              {facts.map((fact) => fact && <li key={fact}>{fact}</li>)}
            </ul>
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
