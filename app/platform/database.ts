// The database of one request, which counts its trips: no page may make more than two. Where a request only reads, batches
// that are asked for in the same turn go together.
import { createDatabase, type Database } from '~db/client'

/** `trips()` is the number of calls to D1 so far; a batch is one. */
export type CountedDatabase = { db: Database; trips: () => number }

/** `together`: nothing is written. Then one trip is cheaper than two at the same time, and sees one state of the data. */
export function countedDatabase(
  binding: D1Database,
  { together }: { together: boolean } = { together: false },
): CountedDatabase {
  let count = 0
  const sendBatch = (statements: D1PreparedStatement[]) => {
    count += 1
    return binding.batch(statements)
  }
  const send = together ? inOneTrip(sendBatch) : sendBatch
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
        return (statements: D1PreparedStatement[]) =>
          send(statements.map((statement) => raw.get(statement) ?? statement))
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { db: createDatabase(counted), trips: () => count }
}

type SendBatch = (statements: D1PreparedStatement[]) => Promise<D1Result[]>

/** Gathers batches until the turn ends. If the trip fails, it fails for each of them. */
function inOneTrip(send: SendBatch): SendBatch {
  type Part = { from: number; to: number; settle: (trip: Promise<D1Result[]>) => void }
  let statements: D1PreparedStatement[] = []
  let parts: Part[] = []
  const leave = () => {
    const trip = send(statements)
    for (const { settle } of parts) settle(trip)
    statements = []
    parts = []
  }
  return (more) =>
    new Promise((resolve) => {
      if (parts.length === 0) setTimeout(leave, 0)
      const [from, to] = [statements.length, statements.length + more.length]
      statements.push(...more)
      parts.push({ from, to, settle: (trip) => resolve(trip.then((results) => results.slice(from, to))) })
    })
}
