// What admins read about admins.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { users } from '~db/schema'

/** Every admin, by name: there are few. */
export function listAdmins(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
      lastLoginAt: users.lastLoginAt,
      hasSecondFactor:
        sql<boolean>`(exists (select 1 from two_factor_secrets f where f.user_id = ${users.id} and f.confirmed_at is not null)
          or exists (select 1 from passkeys k where k.user_id = ${users.id}))`.mapWith(Boolean),
    })
    .from(users)
    .where(eq(users.role, 'admin'))
    .orderBy(users.nameKey, users.id)
    .limit(500)
}

export type AdminRow = Awaited<ReturnType<typeof listAdmins>>[number]
