// The APIs and the guides of a product, in the order in which its pages show them.
import type { ReactNode } from 'react'
import { formatNumber } from '~/domain/kernel/number'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { ProductStateBadge } from '~/ui/catalog/product-state-badge'
import { OrderButtons } from '~/ui/order-buttons'
import { TextLink } from '~/ui/text-link'

type Api = {
  id: string
  name: string
  version: string
  upstreamUrl: string | null
  operations: number | null
}

export function Apis({ productId, apis }: { productId: string; apis: readonly Api[] }) {
  const { admin } = paths
  return (
    <Parts
      title="APIs"
      add={
        <ButtonLink to={admin.newApi(productId)} size="sm">
          Add API
        </ButtonLink>
      }
      empty="No API yet. A product with no upstream is documentation only."
      rows={apis.map((api) => ({
        id: api.id,
        name: api.name,
        to: admin.api(productId, api.id),
        moveTo: admin.moveApi(productId, api.id),
        detail: [
          api.version,
          api.operations === null ? 'no document' : `${formatNumber(api.operations)} operations`,
          api.upstreamUrl ?? 'documentation only',
        ].join(' · '),
      }))}
    />
  )
}

type Guide = { id: string; title: string; slug: string; state: 'draft' | 'published' }

export function Guides({ productId, guides }: { productId: string; guides: readonly Guide[] }) {
  const { admin } = paths
  return (
    <Parts
      title="Guides"
      add={
        <ButtonLink to={admin.newGuide(productId)} size="sm">
          Add guide
        </ButtonLink>
      }
      empty="No guide yet. Guides are the tab Get started."
      rows={guides.map((guide) => ({
        id: guide.id,
        name: guide.title,
        to: admin.guide(productId, guide.id),
        moveTo: admin.moveGuide(productId, guide.id),
        detail: <ProductStateBadge state={guide.state} />,
      }))}
    />
  )
}

type PartsProps = {
  title: string
  add: ReactNode
  empty: string
  rows: { id: string; name: string; to: string; moveTo: string; detail: ReactNode }[]
}

function Parts({ title, add, empty, rows }: PartsProps) {
  return (
    <Card>
      <CardHeader title={title} actions={add} />
      <CardBody>
        {rows.length === 0 ? (
          <p className="text-muted">{empty}</p>
        ) : (
          <ol className="flex flex-col divide-y divide-line">
            {rows.map((row, index) => (
              <li key={row.id} className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  <TextLink plain to={row.to} className="font-medium">
                    {row.name}
                  </TextLink>
                  <span className="block text-sm text-muted">{row.detail}</span>
                </span>
                <OrderButtons
                  action={row.moveTo}
                  name={row.name}
                  isFirst={index === 0}
                  isLast={index === rows.length - 1}
                />
              </li>
            ))}
          </ol>
        )}
      </CardBody>
    </Card>
  )
}
