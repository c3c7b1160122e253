// Writes refused calls into D1. One that is there already stays as it is: a lost answer may be repeated.
import { sql } from 'drizzle-orm'
import type { Database } from '~db/client'
import { refusedCalls } from '~db/schema'
import type { RefusedCallRow } from './refused-call'

export async function recordRefusals(db: Database, rows: readonly RefusedCallRow[]): Promise<void> {
  const of = (key: keyof RefusedCallRow) => sql`value ->> ${key}`
  await db
    .insert(refusedCalls)
    .select(
      sql`select ${of('requestId')}, ${of('appId')}, ${of('organizationId')}, ${of('credentialId')}, ${of('at')}, ${of('method')},
        ${of('path')}, ${of('code')}, ${of('detail')}, ${of('standsFor')} from json_each(${JSON.stringify(rows)}) where true`,
    )
    .onConflictDoNothing()
}
