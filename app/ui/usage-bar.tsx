// How much of a limit is used. `mark` is where it is heading, drawn as a thin line and said in words.

import { formatNumber } from '~/domain/kernel/number'
import { cx } from './class-names'

type UsageBarProps = {
  label: string
  value: number
  /** `null` where there is no limit: the number stands alone. */
  max: number | null
  unit?: string | undefined
  mark?: { value: number; label: string } | undefined
}

function percent(value: number, max: number) {
  return max <= 0 ? 100 : Math.min(100, Math.max(0, (value / max) * 100))
}

export function UsageBar({ label, value, max, unit, mark }: UsageBarProps) {
  const share = max === null ? null : percent(value, max)
  const fill = share === null || share < 80 ? 'fill-accent' : share < 100 ? 'fill-amber' : 'fill-red'
  const state = share === null || share < 80 ? null : share < 100 ? 'Close to the limit' : 'Limit reached'
  const text =
    max === null
      ? `${formatNumber(value)}${unit ? ` ${unit}` : ''}, no limit`
      : `${formatNumber(value)} of ${formatNumber(max)}${unit ? ` ${unit}` : ''}`
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="text-muted">{label}</span>
        <span className="tabular-nums">{text}</span>
      </div>
      {share !== null && max !== null && (
        <svg aria-hidden="true" width="100%" height="6" className="rounded-full bg-pressed">
          <rect width={`${share}%`} height="6" className={fill} />
          {mark && (
            <rect
              x={`${Math.min(99, percent(mark.value, max))}%`}
              width="2"
              height="6"
              className="fill-ink"
            />
          )}
        </svg>
      )}
      {(state || mark) && (
        <p className={cx('text-xs', state ? 'font-medium text-ink' : 'text-muted')}>
          {[state, mark?.label].filter(Boolean).join('. ')}
        </p>
      )}
    </div>
  )
}
