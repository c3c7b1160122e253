// A bordered surface with an optional head and foot. `flush` bodies hold tables and lists that touch the edges.
import type { ReactNode } from 'react'
import { cx } from './class-names'

type CardProps = { children: ReactNode; className?: string | undefined; id?: string | undefined }

export function Card({ children, className, id }: CardProps) {
  return (
    <section id={id} className={cx('min-w-0 rounded-card border border-line bg-surface', className)}>
      {children}
    </section>
  )
}

type CardHeaderProps = {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  level?: 2 | 3 | undefined
}

export function CardHeader({ title, description, actions, level = 2 }: CardHeaderProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line px-4 py-3.5 not-last:border-b has-[p]:items-start sm:px-6 sm:py-4">
      <div className="min-w-0">
        <Heading className="font-semibold">{title}</Heading>
        {description && <p className="mt-0.5 max-w-text text-sm text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}

export function CardBody({ children, flush, className }: CardProps & { flush?: boolean | undefined }) {
  return <div className={cx(!flush && 'p-4 sm:p-6', className)}>{children}</div>
}

export function CardFooter({ children, className }: CardProps) {
  return (
    <div
      className={cx(
        'flex flex-wrap items-center gap-2 rounded-b-card border-t border-line bg-sunken px-4 py-3 sm:px-6',
        className,
      )}
    >
      {children}
    </div>
  )
}
