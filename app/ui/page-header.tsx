// The top of a page: where one is, its title, and its one primary action on the right.
import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from './breadcrumbs'

type PageHeaderProps = {
  title: ReactNode
  breadcrumbs?: readonly Crumb[] | undefined
  description?: ReactNode
  /** Badges beside the title. */
  status?: ReactNode
  actions?: ReactNode
}

export function PageHeader({ title, breadcrumbs, description, status, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {breadcrumbs && breadcrumbs.length > 0 && <Breadcrumbs items={breadcrumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 tabIndex={-1} className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">
              {title}
            </h1>
            {status}
          </div>
          {description && <div className="max-w-text text-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  )
}
