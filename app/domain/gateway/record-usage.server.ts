// Writes totals of hours into D1, and adds what is new in them to the sums of days and months. Totals only grow and one
// object counts for one credential, so writing the same total twice, or an older one late, changes nothing: a lost answer
// may be repeated. The sums are added to before the totals are written, in the same batch: there the difference is told.
import { and, eq, getTableColumns, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '~db/client'
import { credentials, usageHours, usageOfApis, usageOfApps } from '~db/schema'
import { type LastUse, type LatencyClass, latencyClasses, type UsageOwner, type UsageRow } from './usage'

const dayMs = 86_400_000

export async function recordUsage(
  db: Database,
  owner: UsageOwner,
  totals: UsageRow[],
  last: LastUse | null,
): Promise<void> {
  const touch = last ? [touchCredential(db, owner, last)] : []
  if (totals.length === 0) {
    const [first] = touch
    if (first) await first
    return
  }
  const news = newsOf(owner, totals)
  await db.batch([
    addToApis(db, news, 'hour', sql`hour`),
    addToApis(db, news, 'day', sql`hour - hour % ${dayMs}`),
    addToApp(db, owner, news, 'day', sql`hour - hour % ${dayMs}`),
    addToApp(
      db,
      owner,
      news,
      'month',
      sql`strftime('%s', hour / 1000, 'unixepoch', 'start of month') * 1000`,
    ),
    writeTotals(db, owner, totals),
    ...touch,
  ])
}

const countNames = new Set<string>(['calls', ...latencyClasses.map(({ column }) => column)])
/** In the order in which the tables have them: an insert from a select goes by it. */
const counts = Object.values(getTableColumns(usageOfApis))
  .map(({ name }) => name)
  .filter((name) => countNames.has(name))

type Name = ReturnType<typeof sql.identifier>

/** The columns as a list, each made by `write`. */
function each(write: (name: Name) => SQL): SQL {
  return sql.join(
    counts.map((name) => write(sql.identifier(name))),
    sql`, `,
  )
}

/** What happens to each column of a row that is there already. */
function onEach(write: (name: Name) => SQL): Record<LatencyClass | 'calls', SQL> {
  const columns = [{ key: 'calls', column: 'calls' }, ...latencyClasses] as const
  return Object.fromEntries(columns.map(({ key, column }) => [key, write(sql.identifier(column))])) as Record<
    LatencyClass | 'calls',
    SQL
  >
}

/** The totals as they came, one JSON text: D1 takes 100 bound values a statement. */
function given(totals: UsageRow[]): SQL {
  const rows = totals.map((row) => ({
    api_id: row.apiId,
    hour: row.hour,
    status_class: row.statusClass,
    limits_id: row.limitsId,
    calls: row.calls,
    ...Object.fromEntries(latencyClasses.map(({ key, column }) => [column, row[key]])),
  }))
  const field = (name: SQL | string) => sql`value ->> ${name}`
  return sql`(select ${field('api_id')} as api_id, ${field('hour')} as hour, ${field('status_class')} as status_class,
    ${field('limits_id')} as limits_id, ${sql.join(
      counts.map((name) => sql`${field(name)} as ${sql.identifier(name)}`),
      sql`, `,
    )} from json_each(${JSON.stringify(rows)}))`
}

/** What these totals have more than what is written. */
function newsOf({ credentialId }: UsageOwner, totals: UsageRow[]): SQL {
  return sql`(select n.api_id, n.hour, n.status_class, ${each((name) => sql`max(0, n.${name} - coalesce(o.${name}, 0)) as ${name}`)}
    from ${given(totals)} n left join usage_hours o on o.credential_id = ${credentialId} and o.hour = n.hour
      and o.api_id = n.api_id and o.status_class = n.status_class
    where n.calls > coalesce(o.calls, 0))`
}

function addToApis(db: Database, news: SQL, span: 'hour' | 'day', start: SQL) {
  return db
    .insert(usageOfApis)
    .select(
      sql`select ${span}, ${start} as start, api_id, status_class, ${each((name) => sql`sum(${name})`)}
        from ${news} where true group by 2, api_id, status_class`,
    )
    .onConflictDoUpdate({
      target: [usageOfApis.span, usageOfApis.start, usageOfApis.apiId, usageOfApis.statusClass],
      set: onEach((name) => sql`${name} + excluded.${name}`),
    })
}

function addToApp(db: Database, { appId }: UsageOwner, news: SQL, span: 'day' | 'month', start: SQL) {
  const errors = (statusClass: number) =>
    sql`sum(case when status_class = ${statusClass} then calls else 0 end)`
  return db
    .insert(usageOfApps)
    .select(
      sql`select ${span}, ${start} as start, ${appId}, sum(calls), ${errors(4)}, ${errors(5)} from ${news} where true group by 2`,
    )
    .onConflictDoUpdate({
      target: [usageOfApps.span, usageOfApps.start, usageOfApps.appId],
      set: {
        calls: sql`calls + excluded.calls`,
        clientErrors: sql`client_errors + excluded.client_errors`,
        serverErrors: sql`server_errors + excluded.server_errors`,
      },
    })
}

function writeTotals(db: Database, { credentialId, appId, organizationId }: UsageOwner, totals: UsageRow[]) {
  return db
    .insert(usageHours)
    .select(
      sql`select ${credentialId}, api_id, hour, status_class, ${appId}, ${organizationId}, ${each((name) => sql`${name}`)}, limits_id
        from ${given(totals)} where true`,
    )
    .onConflictDoUpdate({
      target: [usageHours.credentialId, usageHours.hour, usageHours.apiId, usageHours.statusClass],
      set: {
        ...onEach((name) => sql`max(${name}, excluded.${name})`),
        limitsId: sql`coalesce(excluded.limits_id, limits_id)`,
      },
    })
}

/** An API that was deleted meanwhile leaves no mark: the column refers to its row. */
function touchCredential(db: Database, owner: UsageOwner, last: LastUse) {
  return db
    .update(credentials)
    .set({
      lastUsedAt: last.at,
      lastUsedApiId: sql`(select id from apis where id = ${last.apiId})`,
      lastUsedCountry: last.country,
    })
    .where(
      and(
        eq(credentials.id, owner.credentialId),
        or(isNull(credentials.lastUsedAt), lt(credentials.lastUsedAt, last.at)),
      ),
    )
}
