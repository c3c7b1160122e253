// Whether a request comes from where the account's owner logged in lately: such an address is not held to the limits by
// which strangers all over the world could keep the owner out.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { events, users } from '~db/schema'

const knownMs = 30 * 86_400_000

/** A condition on a row of `users`. */
export function knowsAddress(ctx: DomainContext) {
  return sql<number>`exists (select 1 from ${events} where ${events.subjectId} = ${users.id}
    and ${events.type} = 'user.logged_in' and ${events.ip} = ${ctx.source.ip} and ${events.createdAt} > ${ctx.now - knownMs})`
}
