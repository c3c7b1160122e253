// One number and what it counts; `Stats` lays several side by side as one card.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

type StatProps = { label: string; value: ReactNode; note?: ReactNode; to?: string | undefined }

export function Stat({ label, value, note, to }: StatProps) {
  const name = to ? (
    <Link to={to} className="rounded-xs hover:text-ink hover:underline">
      {label}
    </Link>
  ) : (
    label
  )
  return (
    <div className="flex min-w-0 flex-col gap-1 bg-surface px-4 py-3.5 sm:px-6 sm:py-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular-nums">{value}</dd>
      {note && <dd className="text-xs text-muted">{note}</dd>}
    </div>
  )
}

export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none max-lg:[&>:last-child:nth-child(odd)]:col-span-2">
      {children}
    </dl>
  )
}
