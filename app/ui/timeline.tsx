// What happened, newest first: a line of moments.
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { DateTime } from './date-time'

export type TimelineItem = {
  key: string
  at: number
  title: ReactNode
  detail?: ReactNode
  icon?: LucideIcon | undefined
}

export function Timeline({ items, now }: { items: readonly TimelineItem[]; now: number }) {
  return (
    <ol className="flex flex-col">
      {items.map(({ key, at, title, detail, icon: Icon }) => (
        <li key={key} className="group relative flex gap-3 pb-5 last:pb-0">
          <span aria-hidden className="absolute top-6 bottom-0 left-3 w-px bg-line group-last:hidden" />
          <span className="grid size-6 shrink-0 place-items-center rounded-full border border-line bg-surface text-muted">
            {Icon ? (
              <Icon aria-hidden className="size-3.5" />
            ) : (
              <span className="size-1.5 rounded-full bg-line-field" />
            )}
          </span>
          <div className="min-w-0 flex-1 pt-0.5">
            <div className="flex flex-wrap justify-between gap-x-4">
              <div className="min-w-0 wrap-anywhere">{title}</div>
              <span className="text-sm text-muted">
                <DateTime value={at} now={now} relative />
              </span>
            </div>
            {detail && <div className="text-sm text-muted wrap-anywhere">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
