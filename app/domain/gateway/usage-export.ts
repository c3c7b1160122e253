// What a file of an app's usage holds: a line for each hour, API and status class.
import { latencyClasses } from './usage'
import type { Counted } from './usage-report'

export const usageExportHeader: readonly string[] = [
  'Hour (UTC)',
  'Product',
  'API',
  'Status',
  'Calls',
  ...latencyClasses.map(({ belowMs }, at) =>
    Number.isFinite(belowMs) ? `Under ${belowMs} ms` : `From ${latencyClasses[at - 1]?.belowMs} ms`,
  ),
]

export function usageExportRow(
  row: Counted & { step: number; apiName: string; productName: string },
): (string | number)[] {
  return [
    new Date(row.step).toISOString(),
    row.productName,
    row.apiName,
    `${row.statusClass}xx`,
    row.calls,
    ...latencyClasses.map(({ key }) => row[key]),
  ]
}
