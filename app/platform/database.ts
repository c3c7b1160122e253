// The database of one request, which counts its trips: no page may make more than two.
import { createDatabase, type Database } from '~db/client'

/** `trips()` is the number of calls to D1 so far; a batch is one. */
export type CountedDatabase = { db: Database; trips: () => number }

export function countedDatabase(binding: D1Database): CountedDatabase {
  let count = 0
  const raw = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const counted = new Proxy(statement, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          if (property === 'bind') return wrap(Reflect.apply(value, target, args) as D1PreparedStatement)
          count += 1
          return Reflect.apply(value, target, args)
        }
      },
    })
    raw.set(counted, statement)
    return counted
  }
  const counted = new Proxy(binding, {
    get(target, property) {
      if (property === 'prepare') return (query: string) => wrap(target.prepare(query))
      if (property === 'batch')
        return (statements: D1PreparedStatement[]) => {
          count += 1
          return target.batch(statements.map((statement) => raw.get(statement) ?? statement))
        }
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { db: createDatabase(counted), trips: () => count }
}
