// A state in one word. The dot helps the eye; the word carries the meaning.
import type { ReactNode } from 'react'
import { cx } from './class-names'

export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red' | 'blue'

type BadgeProps = { tone?: Tone | undefined; dot?: boolean | undefined; children: ReactNode }

/** One element, because lists hold hundreds of them: what it looks like is in `parts.css`. */
export function Badge({ tone = 'neutral', dot, children }: BadgeProps) {
  return (
    <span className={cx('badge', tone !== 'neutral' && `badge-${tone}`, dot && 'badge-dot')}>{children}</span>
  )
}
