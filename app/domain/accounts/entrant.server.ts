// The row of somebody who is logging in: all that deciding about it needs.
import { eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { namedOrNull } from '~db/columns'
import { organizations, users } from '~db/schema'
import { hasPasskey, hasSecondFactor } from './factors.server'
import { knowsAddress } from './known-address.server'

/** For a batch; `which` is a condition on `users`. */
export function entrantQuery(ctx: DomainContext, which: SQL) {
  return ctx.db
    .select({
      id: users.id,
      email: users.email,
      emailKey: users.emailKey,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
      role: users.role,
      state: users.state,
      organizationId: users.organizationId,
      orgRole: users.orgRole,
      passwordHash: users.passwordHash,
      mustChangePassword: users.mustChangePassword,
      emailVerifiedAt: users.emailVerifiedAt,
      inDefaultOrganization: namedOrNull(organizations.isDefault, 'in_default_organization'),
      knowsAddress: knowsAddress(ctx).as('knows_address'),
      hasSecondFactor: sql<boolean>`${hasSecondFactor}`.mapWith(Boolean).as('has_second_factor'),
      hasPasskey: sql<boolean>`${hasPasskey}`.mapWith(Boolean).as('has_passkey'),
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(which)
}

export type Entrant = Awaited<ReturnType<typeof entrantQuery>>[number]
