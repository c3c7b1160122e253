// Writes totals of hours into D1. Totals only grow and one object counts for one credential, so writing the same total
// twice, or an older one late, changes nothing: a lost answer may be repeated.
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '~db/client'
import { credentials, usageHours } from '~db/schema'
import type { LastUse, UsageOwner, UsageRow } from './usage'

/** D1 takes 100 bound values a statement, and a row has eleven. */
const rowsPerStatement = 9

export async function recordUsage(
  db: Database,
  owner: UsageOwner,
  totals: UsageRow[],
  last: LastUse | null,
): Promise<void> {
  const statements = chunks(totals).map((rows) =>
    db
      .insert(usageHours)
      .values(rows.map((row) => ({ ...owner, ...row })))
      .onConflictDoUpdate({
        target: [usageHours.credentialId, usageHours.hour, usageHours.apiId, usageHours.statusClass],
        set: {
          calls: sql`max(${usageHours.calls}, excluded.calls)`,
          under50Ms: sql`max(${usageHours.under50Ms}, excluded.under_50_ms)`,
          under250Ms: sql`max(${usageHours.under250Ms}, excluded.under_250_ms)`,
          under1000Ms: sql`max(${usageHours.under1000Ms}, excluded.under_1000_ms)`,
          slower: sql`max(${usageHours.slower}, excluded.slower)`,
        },
      }),
  )
  const touch = last ? [touchCredential(db, owner, last)] : []
  const [first, ...others] = [...statements, ...touch]
  if (first) await db.batch([first, ...others])
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

function chunks(rows: UsageRow[]): UsageRow[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerStatement) }, (_, at) =>
    rows.slice(at * rowsPerStatement, (at + 1) * rowsPerStatement),
  )
}
