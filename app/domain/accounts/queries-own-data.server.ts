// Everything that the portal knows of a person, for the person: no hash, no sealed text, nothing of others.
import { desc, eq, or, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named, namedOrNull } from '~db/columns'
import {
  accessRequests,
  apps,
  cartItems,
  catalogs,
  deliveries,
  events,
  organizations,
  passkeys,
  products,
  sessions,
  teamMembers,
  teams,
  users,
} from '~db/schema'

/** The newest of each kind; the file says so when there may be more. */
const maxRows = 5000

export async function getOwnData(ctx: DomainContext<UserActor>) {
  const { db, actor } = ctx
  const { userId } = actor
  const [people, teamRows, sessionRows, passkeyRows, appRows, requestRows, cartRows, eventRows, mailRows] =
    await db.batch([
      db
        .select({
          id: named(users.id, 'user_id'),
          email: users.email,
          firstName: users.firstName,
          lastName: users.lastName,
          role: users.role,
          state: named(users.state, 'user_state'),
          organizationRole: users.orgRole,
          organization: namedOrNull(organizations.name, 'organization_name'),
          emailVerifiedAt: users.emailVerifiedAt,
          passwordChangedAt: users.passwordChangedAt,
          lastLoginAt: users.lastLoginAt,
          notifyRequests: users.notifyRequests,
          notifyExpiry: users.notifyExpiry,
          notifyUsers: users.notifyUsers,
          notifyAccess: users.notifyAccess,
          notifyOrganizations: users.notifyOrganizations,
          dailyMails: users.dailyMails,
          createdAt: named(users.createdAt, 'user_created_at'),
        })
        .from(users)
        .leftJoin(organizations, eq(organizations.id, users.organizationId))
        .where(eq(users.id, userId)),
      db
        .select({ name: teams.name, since: named(teamMembers.createdAt, 'member_since') })
        .from(teamMembers)
        .innerJoin(teams, eq(teams.id, teamMembers.teamId))
        .where(eq(teamMembers.userId, userId)),
      db
        .select({
          device: sessions.userAgent,
          ip: sessions.ip,
          country: sessions.country,
          createdAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
        })
        .from(sessions)
        .where(eq(sessions.userId, userId)),
      db
        .select({ name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
        .from(passkeys)
        .where(eq(passkeys.userId, userId)),
      db
        .select({
          id: apps.id,
          name: apps.name,
          description: apps.description,
          visibility: apps.visibility,
          redirectUrls: apps.redirectUrls,
          createdAt: apps.createdAt,
        })
        .from(apps)
        .where(eq(apps.ownerId, userId))
        .limit(maxRows),
      db
        .select({
          id: named(accessRequests.id, 'request_id'),
          app: named(apps.name, 'request_app_name'),
          catalog: named(catalogs.name, 'request_catalog_name'),
          plan: accessRequests.planName,
          note: accessRequests.note,
          state: named(accessRequests.state, 'request_state'),
          createdAt: named(accessRequests.createdAt, 'request_created_at'),
        })
        .from(accessRequests)
        .innerJoin(apps, eq(apps.id, accessRequests.appId))
        .innerJoin(catalogs, eq(catalogs.id, accessRequests.catalogId))
        .where(eq(accessRequests.requesterId, userId))
        .limit(maxRows),
      db
        .select({ product: named(products.name, 'product_name'), addedAt: cartItems.addedAt })
        .from(cartItems)
        .innerJoin(products, eq(products.id, cartItems.productId))
        .where(eq(cartItems.userId, userId)),
      db
        .select({
          type: events.type,
          data: events.data,
          byMe: sql<boolean>`coalesce(${events.actorId} = ${userId}, 0)`.mapWith(Boolean).as('by_me'),
          ip: sql<string | null>`case when ${events.actorId} = ${userId} then ${events.ip} end`.as('own_ip'),
          createdAt: events.createdAt,
        })
        .from(events)
        .where(or(eq(events.actorId, userId), eq(events.subjectId, userId)))
        .orderBy(desc(events.createdAt))
        .limit(maxRows),
      db
        .select({ mail: deliveries.template, state: deliveries.state, createdAt: deliveries.createdAt })
        .from(deliveries)
        .where(eq(deliveries.recipientKey, userId))
        .orderBy(desc(deliveries.createdAt))
        .limit(maxRows),
    ])
  const [profile] = people
  if (!profile) throw new NotFoundError('profile')
  return {
    about: `Times are milliseconds since 1970 (UTC). Each list holds the newest ${maxRows} at most.`,
    profile,
    teams: teamRows,
    sessions: sessionRows,
    passkeys: passkeyRows,
    apps: appRows,
    accessRequests: requestRows,
    cart: cartRows,
    events: eventRows,
    mails: mailRows,
  }
}
