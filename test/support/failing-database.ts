// D1 that fails at the n-th call, before it does anything or after it has done all: what it answers is lost either way.

const runs = new Set(['all', 'run', 'raw', 'first'])

export function failingAt(database: D1Database, call: number, moment: 'before' | 'after') {
  let calls = 0
  const real = new WeakMap<object, D1PreparedStatement>()
  async function counted<T>(work: () => Promise<T>): Promise<T> {
    calls += 1
    const fails = calls === call
    if (fails && moment === 'before') throw new Error('D1_ERROR: Network connection lost.')
    const answer = await work()
    if (fails) throw new Error('D1_ERROR: Network connection lost.')
    return answer
  }
  function watched(statement: D1PreparedStatement): D1PreparedStatement {
    const proxy = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => watched(target.bind(...values))
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return runs.has(String(name))
          ? (...given: unknown[]) => counted(() => value.apply(target, given) as Promise<unknown>)
          : value.bind(target)
      },
    })
    real.set(proxy, statement)
    return proxy
  }
  const DB = new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => watched(target.prepare(query))
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) =>
          counted(() => target.batch(statements.map((one) => real.get(one) ?? one)))
      return Reflect.get(target, name)
    },
  })
  return { DB, calls: () => calls }
}
