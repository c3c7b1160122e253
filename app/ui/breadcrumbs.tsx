// The way back up. The page itself is not in it: its name is the heading below.
import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'

export type Crumb = { label: string; to: string }

export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-muted">
        {items.map((item) => (
          <li key={item.to} className="flex min-w-0 items-center gap-1">
            <Link to={item.to} className="truncate rounded-xs py-0.5 hover:text-ink hover:underline">
              {item.label}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
          </li>
        ))}
      </ol>
    </nav>
  )
}
