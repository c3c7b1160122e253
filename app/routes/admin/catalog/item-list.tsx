// The products or the plans of a catalog: in their order, to move, to take out, and to add to.
import { Form } from '@remix-run/react'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { paths } from '~/platform/paths'
import { IconButton, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { SelectControl } from '~/ui/field'
import { OrderButtons } from '~/ui/order-buttons'
import { TextLink } from '~/ui/text-link'

type ItemListProps = {
  catalogId: string
  title: string
  description: string
  noun: string
  items: readonly { id: string; name: string; to: string; detail: ReactNode }[]
  others: readonly { id: string; name: string }[]
  empty: string
}

export function ItemList({ catalogId, title, description, noun, items, others, empty }: ItemListProps) {
  const { admin } = paths
  return (
    <Card>
      <CardHeader title={title} description={description} />
      <CardBody>
        {items.length === 0 ? (
          <p className="text-muted">{empty}</p>
        ) : (
          <ol className="flex flex-col divide-y divide-line">
            {items.map(({ id, name, to, detail }, index) => (
              <li key={id} className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  <TextLink plain to={to} className="font-medium">
                    {name}
                  </TextLink>
                  <span className="block text-sm text-muted">{detail}</span>
                </span>
                <OrderButtons
                  action={admin.moveCatalogItem(catalogId)}
                  name={name}
                  isFirst={index === 0}
                  isLast={index === items.length - 1}
                  fields={{ item: id }}
                />
                <Form method="post" action={admin.removeCatalogItem(catalogId)} preventScrollReset>
                  <input type="hidden" name="item" value={id} />
                  <IconButton type="submit" size="sm" icon={X} label={`Remove ${name}`} />
                </Form>
              </li>
            ))}
          </ol>
        )}
      </CardBody>
      {others.length > 0 && (
        <CardFooter>
          <Form
            method="post"
            action={admin.addCatalogItem(catalogId)}
            preventScrollReset
            className="flex w-full flex-wrap gap-2"
          >
            <span className="min-w-48 flex-1">
              <SelectControl
                key={items.length}
                name="item"
                aria-label={`A ${noun} to add`}
                options={others.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </span>
            <SubmitButton variant="secondary">Add {noun}</SubmitButton>
          </Form>
        </CardFooter>
      )}
    </Card>
  )
}
