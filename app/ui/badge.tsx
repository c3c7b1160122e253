// A state in one word. The dot helps the eye; the word carries the meaning.
import type { ReactNode } from 'react'
import { cx } from './class-names'

export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red' | 'blue'

const tones: Record<Tone, string> = {
  neutral: 'border-line bg-hover text-muted',
  accent: 'border-accent-line bg-accent-soft text-accent-ink',
  green: 'border-green-line bg-green-soft text-green-ink',
  amber: 'border-amber-line bg-amber-soft text-amber-ink',
  red: 'border-red-line bg-red-soft text-red-ink',
  blue: 'border-blue-line bg-blue-soft text-blue-ink',
}

type BadgeProps = { tone?: Tone | undefined; dot?: boolean | undefined; children: ReactNode }

export function Badge({ tone = 'neutral', dot, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5.5 max-w-full items-center gap-1.5 rounded-full border px-2 align-middle text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {dot && <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" />}
      <span className="truncate">{children}</span>
    </span>
  )
}
