// D1 that fails at chosen calls, before it has done what it was asked or after.

export type Failure = 'before' | 'after' | null

const lost = () => new Error('D1_ERROR: Network connection lost.')

/** `failure` is asked at each call, from 1. `calls` counts them. */
export function failingDatabase(database: D1Database, failure: (call: number) => Failure) {
  const counter = { calls: 0 }
  async function call<T>(work: () => Promise<T>): Promise<T> {
    counter.calls += 1
    const how = failure(counter.calls)
    if (how === 'before') throw lost()
    const answer = await work()
    if (how === 'after') throw lost()
    return answer
  }
  const raw = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values))
        return (...args: unknown[]) => call(() => Reflect.apply(value, target, args) as Promise<unknown>)
      },
    })
    raw.set(wrapped, statement)
    return wrapped
  }
  const db = new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => wrap(target.prepare(query))
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) =>
          call(() => target.batch(statements.map((one) => raw.get(one) ?? one)))
      return Reflect.get(target, name) as unknown
    },
  })
  return { db, counter }
}
