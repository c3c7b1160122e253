// Tabs are links: each has its own address, and the current one says so.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { cx } from './class-names'

export type Tab = { label: string; to: string; current: boolean; count?: number | undefined }

export function Tabs({
  label,
  items,
  actions,
}: {
  label: string
  items: readonly Tab[]
  actions?: ReactNode
}) {
  return (
    <div className="flex items-end justify-between gap-4 border-b border-line">
      <nav aria-label={label} className="-mx-1 -mb-px min-w-0">
        <ul className="flex gap-3 overflow-x-auto">
          {items.map((item) => (
            <li key={item.to}>
              <Link
                to={item.to}
                aria-current={item.current ? 'page' : undefined}
                className="block rounded-xs px-1 -outline-offset-2"
              >
                <span
                  className={cx(
                    'flex h-10 items-center gap-1.5 border-b-2 font-medium whitespace-nowrap',
                    item.current ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
                  )}
                >
                  {item.label}
                  {item.count !== undefined && (
                    <span className="rounded-full bg-hover px-1.5 text-xs text-muted tabular-nums">
                      {item.count}
                    </span>
                  )}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {actions && <div className="flex shrink-0 gap-2 pb-2">{actions}</div>}
    </div>
  )
}
