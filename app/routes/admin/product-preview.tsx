import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { EyeOff } from 'lucide-react'
import { getProductPreview } from '~/domain/catalog/queries-preview.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Avatar } from '~/ui/avatar'
import { Badge } from '~/ui/badge'
import { Button, ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { PlanList } from '~/ui/catalog/plan-list'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { EmptyState } from '~/ui/empty-state'
import { SelectField, TextField } from '~/ui/field'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Preview of a product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const params = new URL(args.request.url).searchParams
  const organizationId = parseId('org', params.get('as') ?? undefined)
  const teamId = parseId('team', params.get('team') ?? undefined)
  const search = params.get('q')?.trim().slice(0, 80) ?? ''
  const viewer = organizationId && { organizationId, teamId }
  const preview = await orNotFound(getProductPreview(ctx, productId, viewer, search))
  return { ...preview, viewer, search }
}

export default function ProductPreview() {
  const { product, page } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Preview of ${product.name}`}
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
        description="What somebody else sees. It can be read here and nothing more."
      />
      <ViewerForm />
      {product.state === 'draft' && (
        <Callout tone="amber" title="This is a draft">
          Only admins see it now. This is what others will see once it is published.
        </Callout>
      )}
      {page ? (
        <Page page={page} />
      ) : (
        <Card>
          <EmptyState icon={EyeOff} title="Not to be seen by this viewer">
            The product is in no catalog that they see: its address answers that nothing is there.
          </EmptyState>
        </Card>
      )}
    </>
  )
}

/** Whose eyes: a GET form, so the preview has an address. */
function ViewerForm() {
  const { product, organizations, teams, more, viewer, search } = useLoaderData<typeof loader>()
  return (
    <Card>
      <CardBody>
        <Form
          method="get"
          action={paths.admin.previewProduct(product.id)}
          className="grid items-end gap-4 sm:grid-cols-4"
        >
          <TextField
            key={search}
            name="q"
            type="search"
            label="Find organization"
            defaultValue={search}
            maxLength={80}
            optional={!more}
          />
          <SelectField
            key={viewer?.organizationId ?? 'visitor'}
            name="as"
            label="Seen by"
            defaultValue={viewer?.organizationId ?? ''}
            options={[
              { value: '', label: 'A visitor, not logged in' },
              ...organizations.map(({ id, name }) => ({ value: id, label: `A developer of ${name}` })),
            ]}
          />
          <SelectField
            key={`${viewer?.organizationId} ${viewer?.teamId}`}
            name="team"
            label="In the team"
            defaultValue={viewer?.teamId ?? ''}
            options={[
              { value: '', label: 'No team' },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Button type="submit" className="w-fit">
            Show
          </Button>
        </Form>
      </CardBody>
    </Card>
  )
}

function Page({ page }: { page: NonNullable<Awaited<ReturnType<typeof loader>>['page']> }) {
  const { product } = useLoaderData<typeof loader>()
  return (
    <Card>
      <CardBody className="flex flex-col gap-6">
        <div className="flex items-start gap-4">
          <Avatar
            square
            size="lg"
            name={product.name}
            src={product.hasLogo ? paths.productLogo(product.slug) : null}
          />
          <div className="min-w-0">
            <h2 className="text-lg font-semibold wrap-anywhere">{product.name}</h2>
            <p className="text-muted wrap-anywhere">{product.summary}</p>
            <p className="mt-1 flex flex-wrap gap-1">
              {product.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </p>
          </div>
        </div>
        <RenderedHtml html={product.descriptionHtml} />
        <div>
          <h3 className="font-semibold">APIs</h3>
          <ul className="mt-1 flex flex-col gap-1">
            {page.apis.map((api) => (
              <li key={api.slug} className="flex flex-wrap items-center gap-2">
                {api.name} <Badge>{api.version}</Badge>
                {!api.documented && <span className="text-sm text-muted">without a reference</span>}
              </li>
            ))}
          </ul>
        </div>
        {page.guides.length > 0 && (
          <div>
            <h3 className="font-semibold">Get started</h3>
            <ul className="mt-1 list-disc pl-5">
              {page.guides.map((guide) => (
                <li key={guide.slug}>{guide.title}</li>
              ))}
            </ul>
          </div>
        )}
        {!page.callable && (
          <Callout tone="blue" title="Documentation only">
            No API has an upstream, so there is nothing to ask access for.
          </Callout>
        )}
        {page.catalogs.map((catalog) => (
          <Card key={catalog.id}>
            <CardHeader title={catalog.name} description="Plans of this catalog" level={3} />
            <CardBody>
              <PlanList plans={catalog.plans} />
            </CardBody>
          </Card>
        ))}
        {product.state === 'published' && (
          <div>
            <ButtonLink to={paths.product(product.slug)}>Open the page as an admin</ButtonLink>
          </div>
        )}
      </CardBody>
    </Card>
  )
}
