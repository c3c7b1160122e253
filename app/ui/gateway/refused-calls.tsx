// Calls that the gateway refused: which, when, why, and what to do. Found by the request id that the answer carried.
import { ShieldCheck } from 'lucide-react'
import { formatNumber } from '~/domain/kernel/number'
import { CopyButton } from '~/ui/copy-button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

type Refusal = {
  requestId: string
  appId: string
  appName: string | null
  organizationName: string | null
  at: number
  method: string
  path: string
  code: string
  reason: string
  advice: string
  standsFor: number
  credentialName: string | null
  credentialHint: string | null
}

type RefusedCallsProps = {
  rows: readonly Refusal[]
  /** The list without its filter. */
  path: string
  filter: { code: string | null; requestId: string | null }
  /** Left out where the list cannot be narrowed by reason. */
  choices?: readonly { value: string; label: string }[] | undefined
  next: string | null
  previous: string | null
  /** Shows whose each call is. */
  appTo?: ((appId: string) => string) | undefined
  now: number
}

export function RefusedCalls(props: RefusedCallsProps) {
  const { rows, path, filter, choices, next, previous, appTo, now } = props
  const { code, requestId } = filter
  const withCode = code ? withParam(path, 'code', code) : path
  const address = requestId ? withParam(withCode, 'q', requestId) : withCode
  const chips = [
    ...(requestId ? [{ label: `Request ${requestId}`, removeTo: withParam(address, 'q', null) }] : []),
    ...(code
      ? [
          {
            label: choices?.find(({ value }) => value === code)?.label ?? code,
            removeTo: withParam(address, 'code', null),
          },
        ]
      : []),
  ]
  return (
    <>
      <FilterBar
        search={{ value: requestId ?? '', label: 'Find a request id', placeholder: 'Request id' }}
        chips={chips}
        clearTo={path}
      >
        {choices && (
          <FilterSelect label="Reason" name="code" value={code} any="Any reason" options={choices} />
        )}
      </FilterBar>
      <DataTable
        caption="Refused calls, newest first"
        columns={columns(now, appTo)}
        rows={rows}
        rowKey={(row) => `${row.requestId} ${row.appId}`}
        empty={<NothingRefused filtered={chips.length > 0} path={path} />}
      />
      <Pagination
        previousTo={previous && withParam(address, 'before', previous)}
        nextTo={next && withParam(address, 'after', next)}
      />
    </>
  )
}

function NothingRefused({ filtered, path }: { filtered: boolean; path: string }) {
  return filtered ? (
    <EmptyState
      icon={ShieldCheck}
      title="No such call"
      action={<TextLink to={path}>Show all refused calls</TextLink>}
    >
      Calls are kept for 7 days, and of more than 1,000 in an hour only some. A call without a known
      credential belongs to nobody and is not kept.
    </EmptyState>
  ) : (
    <EmptyState icon={ShieldCheck} title="No call was refused in the last 7 days">
      When the gateway refuses a call, it is here a few seconds later, with the reason and what to do.
    </EmptyState>
  )
}

function columns(now: number, appTo: RefusedCallsProps['appTo']): Column<Refusal>[] {
  return [
    {
      key: 'reason',
      header: 'Why, and what to do',
      cell: (row) => (
        <div className="flex flex-col xl:min-w-60">
          <span className="font-medium">{row.reason}</span>
          <span className="max-w-text text-sm text-muted">{row.advice}</span>
          {row.standsFor > 1 && (
            <span className="text-sm text-muted">One of about {formatNumber(row.standsFor)} like it.</span>
          )}
        </div>
      ),
    },
    {
      key: 'call',
      header: 'Call',
      cell: (row) => (
        <span className="block min-w-0 font-mono text-sm wrap-anywhere md:max-w-96 xl:min-w-52">
          <span className="font-semibold">{row.method}</span> {row.path}
        </span>
      ),
    },
    ...(appTo
      ? [
          {
            key: 'app',
            header: 'App',
            cell: (row: Refusal) => (
              <div className="flex min-w-0 flex-col xl:min-w-24">
                {row.appName === null ? (
                  <span className="text-muted">Deleted app</span>
                ) : (
                  <TextLink to={appTo(row.appId)}>{row.appName}</TextLink>
                )}
                <span className="text-sm text-muted">{row.organizationName}</span>
              </div>
            ),
          },
        ]
      : []),
    {
      key: 'when',
      header: 'When',
      cell: (row) => (
        <div className="flex flex-col">
          <DateTime value={row.at} now={now} />
          {row.credentialHint !== null && (
            <span className="text-sm text-muted">
              {row.credentialName} …{row.credentialHint}
            </span>
          )}
        </div>
      ),
    },
    {
      key: 'request',
      header: 'Request id',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-1 font-mono text-sm">
          <span className="wrap-anywhere xl:min-w-33">{row.requestId}</span>
          <CopyButton value={row.requestId} label="Copy request id" />
        </span>
      ),
    },
  ]
}
