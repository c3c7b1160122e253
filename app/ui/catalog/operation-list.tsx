// Operations as lines that lead to their pages.
import { Link } from '@remix-run/react'
import { Badge } from '~/ui/badge'
import { MethodBadge } from './method-badge'

type OperationListProps = {
  base: string
  operations: readonly { slug: string; method: string; path: string; summary: string; deprecated: boolean }[]
}

export function OperationList({ base, operations }: OperationListProps) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {operations.map((operation) => (
        <li key={operation.slug}>
          <Link
            to={`${base}/${operation.slug}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 -outline-offset-2 hover:bg-hover sm:flex-nowrap"
          >
            <span className="w-18 shrink-0">
              <MethodBadge method={operation.method} />
            </span>
            <span className="min-w-0 flex-1 basis-full font-medium wrap-anywhere sm:basis-0">
              {operation.summary}
            </span>
            {operation.deprecated && <Badge tone="amber">Deprecated</Badge>}
            <code className="min-w-0 text-sm text-muted wrap-anywhere sm:max-w-1/2 sm:text-right">
              {operation.path}
            </code>
          </Link>
        </li>
      ))}
    </ul>
  )
}
