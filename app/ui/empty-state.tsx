// Where nothing is yet: one sentence that says so, and the one thing to do about it.
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type EmptyStateProps = {
  icon?: LucideIcon | undefined
  title: string
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-4 px-4 py-12 text-center">
      {Icon && (
        <span className="grid size-10 place-items-center rounded-card border border-line bg-sunken text-muted">
          <Icon aria-hidden className="size-5" />
        </span>
      )}
      <div className="flex max-w-sm flex-col gap-1">
        <p className="font-semibold text-balance">{title}</p>
        {children && <div className="text-muted text-balance">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
