// A note that stands out of the page: an icon, words, and a color that only underlines them.
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './badge'
import { cx } from './class-names'

const looks: Record<Tone, { icon: LucideIcon; box: string; mark: string }> = {
  neutral: { icon: Info, box: 'border-line bg-sunken', mark: 'text-muted' },
  accent: { icon: Info, box: 'border-accent-line bg-accent-soft', mark: 'text-accent-ink' },
  blue: { icon: Info, box: 'border-blue-line bg-blue-soft', mark: 'text-blue-ink' },
  green: { icon: CircleCheck, box: 'border-green-line bg-green-soft', mark: 'text-green-ink' },
  amber: { icon: TriangleAlert, box: 'border-amber-line bg-amber-soft', mark: 'text-amber-ink' },
  red: { icon: CircleAlert, box: 'border-red-line bg-red-soft', mark: 'text-red-ink' },
}

type CalloutProps = {
  tone?: Tone | undefined
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}

export function Callout({ tone = 'neutral', title, children, action }: CalloutProps) {
  const { icon: Icon, box, mark } = looks[tone]
  return (
    <div className={cx('flex gap-3 rounded-control border px-3.5 py-3', box)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-text">
          {title && <p className="font-medium">{title}</p>}
          {children && <div>{children}</div>}
        </div>
        {action && <div className="flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}
