// Add to cart: asks for the catalog when the product can be had through more than one.
import { Form } from '@remix-run/react'
import { ShoppingCart } from 'lucide-react'
import { SubmitButton } from '~/ui/button'
import { SelectControl } from '~/ui/field'

type AddToCartProps = {
  action: string
  productId: string
  catalogs: { id: string; name: string }[]
}

export function AddToCart({ action, productId, catalogs }: AddToCartProps) {
  const [only] = catalogs
  if (!only) return null
  return (
    <Form method="post" action={action} className="flex max-w-full min-w-0 flex-wrap items-center gap-2">
      <input type="hidden" name="productId" value={productId} />
      {catalogs.length === 1 ? (
        <input type="hidden" name="catalogId" value={only.id} />
      ) : (
        <SelectControl
          name="catalogId"
          aria-label="Catalog"
          options={catalogs.map((catalog) => ({ value: catalog.id, label: catalog.name }))}
        />
      )}
      <SubmitButton icon={ShoppingCart}>Add to cart</SubmitButton>
    </Form>
  )
}
