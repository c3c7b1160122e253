import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { X } from 'lucide-react'
import { visibilityWords } from '~/domain/catalog/catalog'
import { limitsLabel } from '~/domain/catalog/plan'
import { getCatalog } from '~/domain/catalog/queries-catalogs.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { ButtonLink, IconButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { VisibilityBadge } from '~/ui/catalog/visibility-badge'
import { PageHeader } from '~/ui/page-header'
import { ItemList } from './item-list'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'Catalog' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  return orNotFound(getCatalog(ctx, catalogId))
}

export default function CatalogPage() {
  const catalog = useLoaderData<typeof loader>()
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={catalog.name}
        breadcrumbs={[{ label: 'Catalogs', to: admin.catalogs }]}
        description={visibilityWords[catalog.visibility].hint}
        status={<VisibilityBadge visibility={catalog.visibility} />}
        actions={
          <>
            <ButtonLink to={admin.editCatalog(catalog.id)}>Edit</ButtonLink>
            <ButtonLink to={admin.deleteCatalog(catalog.id)}>Delete</ButtonLink>
          </>
        }
      />
      {catalog.visibility === 'custom' && <Audience />}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <ItemList
          catalogId={catalog.id}
          title="Products"
          description="What can be found and asked for here."
          noun="product"
          empty="No product is offered here yet."
          items={catalog.productList.map((product) => ({
            ...product,
            to: admin.product(product.id),
            detail: product.state === 'draft' ? 'Draft: only admins see it' : 'Published',
          }))}
          others={catalog.otherProducts}
        />
        <ItemList
          catalogId={catalog.id}
          title="Plans"
          description="What can be chosen, in this order, for each product of this catalog."
          noun="plan"
          empty="No plan is offered here yet: nobody can ask for access."
          items={catalog.planList.map((plan) => ({
            ...plan,
            to: admin.plan(plan.id),
            detail: plan.archived ? 'Archived: nobody can choose it' : limitsLabel(plan),
          }))}
          others={catalog.otherPlans}
        />
      </div>
      <p className="text-sm text-muted tabular-nums">
        {formatNumber(catalog.approved)} approved and {formatNumber(catalog.pending)} waiting requests came
        through this catalog; {formatNumber(catalog.carts)} carts hold products of it.
      </p>
    </>
  )
}

function Audience() {
  const { id, audienceList, audience } = useLoaderData<typeof loader>()
  const { admin } = paths
  return (
    <Card>
      <CardHeader
        title="Audience"
        description="Members of these organizations and teams see the catalog."
        actions={
          <ButtonLink to={admin.catalogAudience(id)} size="sm">
            Add
          </ButtonLink>
        }
      />
      <CardBody>
        {audienceList.length === 0 ? (
          <Callout tone="amber" title="Nobody sees this catalog">
            Add the organizations and teams that it is for.
          </Callout>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {audienceList.map(({ member, team, organization }) => (
              <li key={member} className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
                <span className="min-w-0 wrap-anywhere">
                  {team ?? organization}
                  <span className="block text-sm text-muted">
                    {team === null ? 'Organization' : `Team of ${organization}`}
                  </span>
                </span>
                <Form method="post" action={admin.removeFromAudience(id)} preventScrollReset>
                  <input type="hidden" name="member" value={member} />
                  <IconButton type="submit" size="sm" icon={X} label={`Remove ${team ?? organization}`} />
                </Form>
              </li>
            ))}
          </ul>
        )}
        {audienceList.length < audience && (
          <p className="pt-3 text-sm text-muted">
            {formatNumber(audienceList.length)} of {formatNumber(audience)} are shown.
          </p>
        )}
      </CardBody>
    </Card>
  )
}
