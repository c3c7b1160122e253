// Facts about one thing: terms on the left, values on the right; one above the other on phones.
import type { ReactNode } from 'react'

export type Definition = { term: string; value: ReactNode }

export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="@container divide-y divide-line">
      {items.map(({ term, value }) => (
        <div
          key={term}
          className="grid gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 @md:grid-cols-[10rem_1fr]"
        >
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
