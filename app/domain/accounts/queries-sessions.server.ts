// The sessions of one person that are alive, the last used first.
import { desc, eq, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { sessions } from '~db/schema'

/** As many as a page shows; nobody has more devices. */
const maxShown = 100

/** For a batch: the rows, none of which can be used to log in. */
export function sessionsQuery(ctx: DomainContext<UserActor>, userId: UserId) {
  return ctx.db
    .select({
      id: named(sessions.id, 'session_id'),
      userAgent: sessions.userAgent,
      ip: named(sessions.ip, 'session_ip'),
      country: named(sessions.country, 'session_country'),
      createdAt: named(sessions.createdAt, 'session_created_at'),
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      sql`${eq(sessions.userId, userId)} and ${sessions.expiresAt} > ${ctx.now}
        and ${sessions.lastSeenAt} + ${sessions.idleSeconds} * 1000 > ${ctx.now}`,
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(maxShown)
}
