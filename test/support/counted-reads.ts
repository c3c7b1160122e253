// Counts the rows that D1 reads for a query, as it bills them, and the trips that are made.
import { env } from 'cloudflare:workers'
import { createDatabase } from '~db/client'

export function countedReads() {
  const read = { rows: 0, trips: 0 }
  const raw = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const counted = new Proxy(statement, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          read.trips += 1
          // `raw` answers no meta: the same statement tells it once more.
          read.rows += (await target.all()).meta.rows_read
          return Reflect.apply(value, target, args) as unknown
        }
      },
    })
    const bound = new Proxy(counted, {
      get(target, property) {
        if (property === 'bind') return (...args: unknown[]) => wrap(statement.bind(...args))
        return Reflect.get(target, property) as unknown
      },
    })
    raw.set(bound, statement)
    return bound
  }
  const binding = new Proxy(env.DB, {
    get(target, property) {
      if (property === 'prepare') return (query: string) => wrap(target.prepare(query))
      if (property === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          read.trips += 1
          const results = await target.batch(statements.map((statement) => raw.get(statement) ?? statement))
          for (const result of results) read.rows += result.meta.rows_read
          return results
        }
      return Reflect.get(target, property) as unknown
    },
  })
  return { db: createDatabase(binding), read }
}
