// The usage of one credential on its way to D1: totals by API, hour and status class in the object's own SQLite.
// A report counts once however often it arrives: its id is kept beside the totals, in the same transaction.
import type { LastUse, UsageOwner, UsageRow } from '~/domain/gateway/usage'

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
  calls: number
  under_50_ms: number
  under_250_ms: number
  under_1000_ms: number
  slower: number
}

/** Longer than an isolate keeps trying to report: a call for a deleted total would start it at zero. */
const keepTotalsMs = 48 * 3_600_000
const keepReportsMs = 6 * 3_600_000

export function createUsageLedger(sql: SqlStorage): UsageLedger {
  sql.exec(`create table if not exists totals (
    api_id text not null, hour integer not null, status_class integer not null, calls integer not null,
    under_50_ms integer not null, under_250_ms integer not null, under_1000_ms integer not null, slower integer not null,
    written integer not null default 0, primary key (api_id, hour, status_class))`)
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
          `insert into totals values (?, ?, ?, ?, ?, ?, ?, ?, 0) on conflict do update set calls = calls + excluded.calls,
            under_50_ms = under_50_ms + excluded.under_50_ms, under_250_ms = under_250_ms + excluded.under_250_ms,
            under_1000_ms = under_1000_ms + excluded.under_1000_ms, slower = slower + excluded.slower`,
          ...[
            row.apiId,
            row.hour,
            row.statusClass,
            row.calls,
            row.under50Ms,
            row.under250Ms,
            row.under1000Ms,
            row.slower,
          ],
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

function toUsageRow(row: TotalRow): UsageRow {
  return {
    apiId: row.api_id as UsageRow['apiId'],
    hour: row.hour,
    statusClass: row.status_class,
    calls: row.calls,
    under50Ms: row.under_50_ms,
    under250Ms: row.under_250_ms,
    under1000Ms: row.under_1000_ms,
    slower: row.slower,
  }
}
