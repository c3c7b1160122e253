// Lets something else happen at a chosen moment of a command: right before, or right after, its first batch.
import type { DomainContext } from '~/domain/kernel/context'

export function interleaved<C extends Pick<DomainContext, 'db'>>(
  ctx: C,
  moment: 'before' | 'after',
  happens: () => Promise<unknown>,
): C {
  let pending = true
  const once = async (now: 'before' | 'after') => {
    if (now !== moment || !pending) return
    pending = false
    await happens()
  }
  const db = new Proxy(ctx.db, {
    get(target, name) {
      if (name === 'batch') {
        return async (statements: Parameters<typeof target.batch>[0]) => {
          await once('before')
          const answers = await target.batch(statements)
          await once('after')
          return answers
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...ctx, db }
}
