// Operations as lines that lead to their pages. The lines are many, so the style sheet has their looks.
import { Link } from '@remix-run/react'
import { Badge } from '~/ui/badge'

type OperationListProps = {
  base: string
  operations: readonly { slug: string; method: string; path: string; summary: string; deprecated: boolean }[]
}

export function OperationList({ base, operations }: OperationListProps) {
  return (
    <ul className="reference-list">
      {operations.map(({ slug, method, path, summary, deprecated }) => (
        <li key={slug}>
          <Link to={`${base}/${slug}`}>
            <code data-method={method}>{method}</code> <span>{summary}</span>
            {deprecated && <Badge tone="amber">Deprecated</Badge>} <code className="path">{path}</code>
          </Link>
        </li>
      ))}
    </ul>
  )
}
