// The usage of one credential on its way to D1: totals by API, hour and status class in the object's own SQLite.
// A report counts once however often it arrives: its id is kept beside the totals, in the same transaction.
import {
  type LastUse,
  type Latencies,
  latencyClasses,
  type UsageOwner,
  type UsageRow,
} from '~/domain/gateway/usage'

/** `id` is random, and stays the same when a report is sent again. */
export type UsageReport = { id: string; rows: UsageRow[]; last: LastUse }

type Unwritten = { owner: UsageOwner; rows: UsageRow[]; last: LastUse }

export type UsageLedger = {
  add(owner: UsageOwner, report: UsageReport, now: number): void
  /** Totals that D1 does not have yet, or null. */
  unwritten(): Unwritten | null
  /** D1 has these totals. What was added since they were read stays unwritten. */
  written(rows: Unwritten, now: number): void
}

type TotalRow = {
  api_id: string
  hour: number
  status_class: number
  limits_id: string | null
  calls: number
} & Record<(typeof columns)[number], number>

const columns = latencyClasses.map(({ column }) => column)
/** As the table was when it had four classes, and the columns that came later. */
const firstColumns = ['under_50_ms', 'under_250_ms', 'under_1000_ms', 'slower']

/** Longer than an isolate keeps trying to report: a call for a deleted total would start it at zero. */
const keepTotalsMs = 48 * 3_600_000
const keepReportsMs = 6 * 3_600_000

export function createUsageLedger(sql: SqlStorage): UsageLedger {
  sql.exec(`create table if not exists totals (
    api_id text not null, hour integer not null, status_class integer not null, calls integer not null,
    under_50_ms integer not null, under_250_ms integer not null, under_1000_ms integer not null, slower integer not null,
    written integer not null default 0, primary key (api_id, hour, status_class))`)
  widen(sql)
  sql.exec('create table if not exists reports (id text primary key, seen_at integer not null)')
  sql.exec(
    'create table if not exists owner (id integer primary key check (id = 1), owner text not null, last text not null)',
  )

  return {
    add(owner, report, now) {
      const news = sql
        .exec('insert into reports values (?, ?) on conflict do nothing returning id', report.id, now)
        .toArray()
      if (news.length === 0) return
      sql.exec(
        `insert into owner values (1, ?, ?) on conflict do update set owner = excluded.owner,
          last = case when excluded.last ->> '$.at' >= last ->> '$.at' then excluded.last else last end`,
        JSON.stringify(owner),
        JSON.stringify(report.last),
      )
      for (const row of report.rows) {
        sql.exec(
          `insert into totals (api_id, hour, status_class, limits_id, calls, ${columns.join(', ')})
            values (?, ?, ?, ?, ?${', ?'.repeat(columns.length)}) on conflict do update set calls = calls + excluded.calls,
            limits_id = excluded.limits_id, ${columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
          ...[row.apiId, row.hour, row.statusClass, row.limitsId, row.calls],
          ...latencyClasses.map(({ key }) => row[key]),
        )
      }
    },
    unwritten() {
      const [owner] = sql.exec<{ owner: string; last: string }>('select owner, last from owner').toArray()
      const rows = sql.exec<TotalRow>('select * from totals where written < calls order by hour').toArray()
      if (!owner || rows.length === 0) return null
      return { owner: JSON.parse(owner.owner), last: JSON.parse(owner.last), rows: rows.map(toUsageRow) }
    },
    written({ rows }, now) {
      for (const row of rows) {
        sql.exec(
          'update totals set written = max(written, ?) where api_id = ? and hour = ? and status_class = ?',
          ...[row.calls, row.apiId, row.hour, row.statusClass],
        )
      }
      sql.exec('delete from totals where hour < ? and written = calls', now - keepTotalsMs)
      sql.exec('delete from reports where seen_at < ?', now - keepReportsMs)
    },
  }
}

/** Objects live longer than versions: what came later is added to the table where it is not there yet. */
function widen(sql: SqlStorage): void {
  const known = sql.exec<{ name: string }>("select name from pragma_table_info('totals')").toArray()
  const has = new Set(known.map(({ name }) => name))
  if (!has.has('limits_id')) sql.exec('alter table totals add column limits_id text')
  for (const column of columns.filter((name) => !firstColumns.includes(name) && !has.has(name)))
    sql.exec(`alter table totals add column ${column} integer not null default 0`)
}

function toUsageRow(row: TotalRow): UsageRow {
  const latencies = latencyClasses.map(({ key, column }) => [key, row[column]])
  return {
    apiId: row.api_id as UsageRow['apiId'],
    hour: row.hour,
    statusClass: row.status_class,
    limitsId: row.limits_id as UsageRow['limitsId'],
    calls: row.calls,
    ...(Object.fromEntries(latencies) as Latencies),
  }
}
