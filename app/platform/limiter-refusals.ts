// The refused calls of one credential on their way to D1, in its object's own SQLite: sampled by the hour over all isolates.
import { type RefusedCall, type RefusedCallRow, standsForAfter } from '~/domain/gateway/refused-call'
import type { UsageOwner } from '~/domain/gateway/usage'

const hourMs = 3_600_000
/** In one statement to D1; more wait for the next alarm. */
const perWrite = 500

export type RefusalLedger = {
  add(owner: UsageOwner, refusals: readonly RefusedCall[], now: number): void
  unwritten(): RefusedCallRow[]
  written(rows: readonly RefusedCallRow[]): void
}

export function createRefusalLedger(storage: DurableObjectStorage): RefusalLedger {
  const { sql, kv } = storage
  sql.exec('create table if not exists refusals (request_id text primary key, row text not null)')
  let counted = kv.get<{ hour: number; count: number }>('refusals') ?? { hour: 0, count: 0 }

  return {
    add(owner, refusals, now) {
      const hour = now - (now % hourMs)
      let count = counted.hour === hour ? counted.count : 0
      for (const refusal of refusals) {
        const standsFor = standsForAfter(count, refusal.standsFor)
        count += refusal.standsFor
        if (standsFor === 0) continue
        const row: RefusedCallRow = { ...refusal, ...owner, standsFor }
        sql.exec(
          'insert into refusals values (?, ?) on conflict do nothing',
          row.requestId,
          JSON.stringify(row),
        )
      }
      counted = { hour, count }
      kv.put('refusals', counted)
    },
    unwritten() {
      return sql
        .exec<{ row: string }>('select row from refusals limit ?', perWrite)
        .toArray()
        .map(({ row }) => JSON.parse(row) as RefusedCallRow)
    },
    written(rows) {
      for (const { requestId } of rows) sql.exec('delete from refusals where request_id = ?', requestId)
    },
  }
}
