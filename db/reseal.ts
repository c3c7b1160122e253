// Seals what an older vault key protects under the newest one, a bounded number of rows at a time. A row that changes
// meanwhile keeps what it was changed to.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'

/** Where sealed texts are: names of this schema, never of a request. */
export type SealedColumn = { table: string; id: string; cipher: string }

/** Each run; the cron does the rest five minutes later. */
const perRun = 100

/** `contextOf` is what a row's text is bound to. Answers how many rows were sealed anew. */
export async function reseal(
  ctx: DomainContext<SystemActor>,
  column: SealedColumn,
  contextOf: (id: string) => string,
): Promise<number> {
  const { db, vault } = ctx
  const [table, id, cipher] = [column.table, column.id, column.cipher].map((name) => sql.raw(name))
  // Only what a known older key has sealed: what no key opens any more is left for people to see.
  const older = JSON.stringify(vault.olderVersions().map((version) => `v${version}`))
  if (older === '[]') return 0
  const rows = await db.all<{ id: string; sealed: string }>(
    sql`select ${id} as id, ${cipher} as sealed from ${table} where ${cipher} is not null
      and substr(${cipher}, 1, instr(${cipher}, '.') - 1) in (select value from json_each(${older}))
      order by ${id} limit ${perRun}`,
  )
  if (rows.length === 0) return 0
  const anew = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      fresh: await vault.seal(await vault.open(row.sealed, contextOf(row.id)), contextOf(row.id)),
    })),
  )
  const changed = await db.all<{ id: string }>(
    sql`update ${table} set ${cipher} = x.value ->> '$.fresh' from json_each(${JSON.stringify(anew)}) x
      where ${table}.${id} = x.value ->> '$.id' and ${table}.${cipher} = x.value ->> '$.sealed' returning ${table}.${id} as id`,
  )
  return changed.length
}
