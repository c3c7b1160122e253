// The access requests that stand on something, the newest first.

import { formatNumber } from '~/domain/kernel/number'
import { Badge } from '~/ui/badge'
import { TextLink } from '~/ui/text-link'

type DependentsProps = {
  rows: readonly {
    requestId: string
    appName: string
    organizationName: string
    state: 'pending' | 'approved'
  }[]
  total: number
  requestTo: (requestId: string) => string
}

export function Dependents({ rows, total, requestTo }: DependentsProps) {
  if (rows.length === 0) return <p className="text-muted">Nobody has access or waits for it.</p>
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col divide-y divide-line">
        {rows.map((row) => (
          <li key={row.requestId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0">
            <TextLink plain to={requestTo(row.requestId)} className="font-medium wrap-anywhere">
              {row.appName}
            </TextLink>
            <span className="text-muted wrap-anywhere">{row.organizationName}</span>
            {row.state === 'approved' ? (
              <Badge tone="green">Approved</Badge>
            ) : (
              <Badge tone="amber">Waiting</Badge>
            )}
          </li>
        ))}
      </ul>
      {rows.length < total && (
        <p className="text-sm text-muted">
          The newest {formatNumber(rows.length)} of {formatNumber(total)}.
        </p>
      )}
    </div>
  )
}
