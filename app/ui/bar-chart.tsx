// Bars over time, drawn on the server. The picture is hidden from screen readers, which get the table behind it.

import { formatNumber } from '~/domain/kernel/number'
import { cx } from './class-names'

export type Bar = { label: string; value: number; errors?: number | undefined }

type BarChartProps = {
  title: string
  series: readonly Bar[]
  valueLabel: string
  errorsLabel?: string | undefined
}

const height = 100
const step = 10

/** The next 1, 2 or 5 times a power of ten: a top that reads well. */
export function niceCeiling(value: number): number {
  if (value <= 5) return 5
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power
}

export function BarChart({ title, series, valueLabel, errorsLabel = 'Errors' }: BarChartProps) {
  const top = niceCeiling(Math.max(0, ...series.map((bar) => bar.value)))
  const width = Math.max(1, series.length) * step
  const hasErrors = series.some((bar) => bar.errors !== undefined)
  const scale = (value: number) => (value / top) * height
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        {hasErrors && (
          <span aria-hidden className="flex gap-4 text-xs text-muted">
            <Key className="bg-accent" label={valueLabel} />
            <Key className="bg-red" label={errorsLabel} />
          </span>
        )}
      </figcaption>
      <div aria-hidden className="grid grid-cols-[auto_1fr] gap-x-2 text-xs text-muted tabular-nums">
        <div className="flex flex-col items-end justify-between leading-none">
          <span>{formatNumber(top)}</span>
          <span>0</span>
        </div>
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-32 w-full"
        >
          {[0, height / 2, height].map((y) => (
            <line
              key={y}
              x1="0"
              x2={width}
              y1={y}
              y2={y}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {series.map((bar, index) => (
            <g key={bar.label} className="group/bar">
              <title>{barTitle(bar, valueLabel, errorsLabel)}</title>
              <rect
                x={index * step}
                width={step}
                height={height}
                className="fill-transparent group-hover/bar:fill-hover"
              />
              <rect
                x={index * step + 1.5}
                y={height - scale(bar.value)}
                width={step - 3}
                height={scale(bar.value)}
                className="fill-accent"
              />
              {bar.errors ? (
                <rect
                  x={index * step + 1.5}
                  y={height - scale(bar.errors)}
                  width={step - 3}
                  height={scale(bar.errors)}
                  className="fill-red"
                />
              ) : null}
            </g>
          ))}
        </svg>
        <div className="col-start-2 flex justify-between gap-2 pt-1.5">
          <span>{series[0]?.label}</span>
          {series.length > 1 && <span>{series[series.length - 1]?.label}</span>}
        </div>
      </div>
      <ChartTable {...{ title, series, valueLabel, errorsLabel, hasErrors }} />
    </figure>
  )
}

function barTitle(bar: Bar, valueLabel: string, errorsLabel: string) {
  const errors = bar.errors === undefined ? '' : `, ${errorsLabel.toLowerCase()}: ${formatNumber(bar.errors)}`
  return `${bar.label}, ${valueLabel.toLowerCase()}: ${formatNumber(bar.value)}${errors}`
}

function Key({ className, label }: { className: string; label: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className={cx('size-2 rounded-xs', className)} />
      {label}
    </span>
  )
}

type ChartTableProps = Required<BarChartProps> & { hasErrors: boolean }

function ChartTable({ title, series, valueLabel, errorsLabel, hasErrors }: ChartTableProps) {
  return (
    // A table takes the width of its text, whatever is asked of it: what hides it stands around it.
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">{valueLabel}</th>
            {hasErrors && <th scope="col">{errorsLabel}</th>}
          </tr>
        </thead>
        <tbody>
          {series.map((bar) => (
            <tr key={bar.label}>
              <th scope="row">{bar.label}</th>
              <td>{formatNumber(bar.value)}</td>
              {hasErrors && <td>{formatNumber(bar.errors ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
