// A card that leads somewhere: all of it can be pressed, and the link at its foot is what keyboards and readers find.
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Avatar } from './avatar'
import { Badge } from './badge'

type LinkCardProps = {
  title: string
  to: string
  /** Such as "More info"; readers hear "More info about" and the title. */
  linkLabel: string
  description?: ReactNode
  logoUrl?: string | null | undefined
  tags?: readonly string[] | undefined
  /** A badge in the corner. */
  meta?: ReactNode
  level?: 2 | 3 | undefined
}

export function LinkCard({
  title,
  to,
  linkLabel,
  description,
  logoUrl,
  tags = [],
  meta,
  level = 2,
}: LinkCardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article className="relative flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-5 hover:border-line-strong hover:bg-hover has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-ring">
      <div className="flex items-start justify-between gap-3">
        <Avatar square size="lg" name={title} src={logoUrl} />
        {meta}
      </div>
      <div className="flex flex-1 flex-col gap-1">
        <Heading className="font-semibold wrap-anywhere">{title}</Heading>
        {description && <p className="line-clamp-3 text-muted">{description}</p>}
      </div>
      <div className="flex items-end justify-between gap-3">
        <Link
          to={to}
          className="leads-on inline-flex min-h-6 items-center gap-1 font-medium whitespace-nowrap text-accent-ink outline-none after:absolute after:inset-0 after:rounded-card"
        >
          {linkLabel}
          <span className="sr-only"> about {title}</span>
        </Link>
        {tags.length > 0 && (
          <ul aria-label="Tags" className="flex min-w-0 flex-wrap justify-end gap-1">
            {tags.map((tag) => (
              <li key={tag} className="min-w-0">
                <Badge>{tag}</Badge>
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  )
}

export function CardGrid({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
}
