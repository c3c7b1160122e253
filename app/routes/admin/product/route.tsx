import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Eye, Image, Pencil, Trash2, Undo2 } from 'lucide-react'
import { getProduct } from '~/domain/catalog/queries-products.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Avatar } from '~/ui/avatar'
import { Badge } from '~/ui/badge'
import { ButtonLink, buttonClass, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { ProductStateBadge } from '~/ui/catalog/product-state-badge'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { DefinitionList } from '~/ui/definition-list'
import { Menu, MenuDivider, MenuLink } from '~/ui/menu'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'
import { Apis, Guides } from './parts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'Product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProduct(ctx, productId))
}

type Loaded = Awaited<ReturnType<typeof loader>>

export default function ProductPage() {
  const product = useLoaderData<typeof loader>()
  const catalogs = product.catalogs.filter((catalog) => catalog.ticked)
  return (
    <>
      <PageHeader
        title={product.name}
        breadcrumbs={[{ label: 'Products', to: paths.admin.products }]}
        description={product.summary}
        status={<ProductStateBadge state={product.state} />}
        actions={<Actions product={product} />}
      />
      {catalogs.length === 0 && (
        <Callout
          tone="amber"
          title="In no catalog"
          action={<ButtonLink to={paths.admin.editProduct(product.id)}>Choose catalogs</ButtonLink>}
        >
          Nobody finds the product, also when it is published.
        </Callout>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Apis productId={product.id} apis={product.apis} />
          <Guides productId={product.id} guides={product.guides} />
          <Card>
            <CardHeader title="Description" />
            <CardBody>
              {product.descriptionHtml ? (
                <RenderedHtml html={product.descriptionHtml} />
              ) : (
                <p className="text-muted">No description yet.</p>
              )}
            </CardBody>
          </Card>
        </div>
        <Card>
          <CardHeader title="Details" />
          <CardBody>
            <DefinitionList
              items={[
                {
                  term: 'Logo',
                  value: (
                    <Avatar
                      square
                      size="lg"
                      name={product.name}
                      src={product.hasLogo ? paths.productLogo(product.slug) : null}
                    />
                  ),
                },
                { term: 'Address', value: <span className="font-mono">{paths.product(product.slug)}</span> },
                {
                  term: 'Catalogs',
                  value: (
                    <span className="flex flex-wrap gap-x-3 gap-y-1">
                      {catalogs.map((catalog) => (
                        <TextLink plain key={catalog.id} to={paths.admin.catalog(catalog.id)}>
                          {catalog.name}
                        </TextLink>
                      ))}
                    </span>
                  ),
                },
                {
                  term: 'Tags',
                  value: (
                    <span className="flex flex-wrap gap-1">
                      {product.tags.map((tag) => (
                        <Badge key={tag}>{tag}</Badge>
                      ))}
                    </span>
                  ),
                },
                { term: 'Featured', value: product.featured ? 'Yes' : 'No' },
                { term: 'Apps with access', value: formatNumber(product.approvedApps) },
                { term: 'Waiting requests', value: formatNumber(product.pendingRequests) },
              ]}
            />
          </CardBody>
        </Card>
      </div>
    </>
  )
}

function Actions({ product }: { product: Loaded }) {
  const { admin } = paths
  return (
    <>
      <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
        <MenuLink to={admin.editProduct(product.id)} icon={Pencil}>
          Edit
        </MenuLink>
        <MenuLink to={admin.productLogo(product.id)} icon={Image}>
          Logo
        </MenuLink>
        {product.state === 'published' && (
          <MenuLink to={admin.unpublishProduct(product.id)} icon={Undo2}>
            Unpublish
          </MenuLink>
        )}
        <MenuDivider />
        <MenuLink to={admin.deleteProduct(product.id)} icon={Trash2}>
          Delete
        </MenuLink>
      </Menu>
      <ButtonLink to={admin.previewProduct(product.id)} icon={Eye}>
        Preview
      </ButtonLink>
      {product.state === 'draft' ? (
        <Form method="post" action={admin.publishProduct(product.id)}>
          <SubmitButton>Publish</SubmitButton>
        </Form>
      ) : (
        <ButtonLink to={admin.editProduct(product.id)} variant="primary">
          Edit
        </ButtonLink>
      )}
    </>
  )
}
