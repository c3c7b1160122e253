// What happens to those who use a product, said before it is unpublished or deleted.
import { countOf } from '~/ui/count-of'

type Facts = { approvedApps: number; pendingRequests: number; carts: number }

export function UnpublishFacts({ product }: { product: Facts }) {
  const { approvedApps, pendingRequests, carts } = product
  return (
    <FactList
      items={[
        'Developers and visitors no longer find it: its pages answer that nothing is there.',
        approvedApps > 0
          ? `${countOf(approvedApps, 'app')} ${approvedApps === 1 ? 'keeps' : 'keep'} access: calls go on under the terms that were given.`
          : 'No app has access to it.',
        pendingRequests > 0
          ? `${countOf(pendingRequests, 'request')} that ${pendingRequests === 1 ? 'waits' : 'wait'} can still be decided.`
          : null,
        carts > 0
          ? `${countOf(carts, 'cart')} ${carts === 1 ? 'holds' : 'hold'} it: there it is marked, and cannot be requested.`
          : null,
        'It can be published again at any time.',
      ]}
    />
  )
}

export function DeleteProductFacts({ carts }: { carts: number }) {
  return (
    <FactList
      items={[
        'Nobody has access to it or waits for it.',
        'Its APIs, their documents and its guides are deleted with it.',
        carts > 0
          ? `${countOf(carts, 'cart')} ${carts === 1 ? 'holds' : 'hold'} it: there it is marked as gone.`
          : null,
        'Its slug is free for another product. It cannot be brought back.',
      ]}
    />
  )
}

function FactList({ items }: { items: (string | null)[] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {items.map((item) => item && <li key={item}>{item}</li>)}
    </ul>
  )
}
