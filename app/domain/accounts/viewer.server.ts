// Who makes a request: one batch answers session, user, organization, teams, settings, cart and what waits for an admin.
// A role or state that changed counts from the next request on, because nothing of it is kept in the cookie.
import { and, count, eq, gt, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { OrganizationId } from '~/domain/kernel/ids'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import type { Settings } from '~/domain/settings/settings'
import type { Database } from '~db/client'
import { named, namedOrNull } from '~db/columns'
import { cartItems, organizations, sessions, teamMembers, users } from '~db/schema'
import { newsQuery } from './bell.server'
import { hasPasskey, hasSecondFactor } from './factors.server'

export type Viewer = {
  actor: VisitorActor | DeveloperActor | AdminActor
  settings: Settings
  mustChangePassword: boolean
  /** An admin without a second factor, where the settings ask for one: nothing but enrolment is open. */
  mustEnrol: boolean
  organization: {
    id: OrganizationId
    name: string
    state: string
    isDefault: boolean
    isFrozen: boolean
  } | null
  /** What this user can prove themselves by, besides the password. */
  factors: { any: boolean; passkey: boolean }
  /** An organization that this developer asked for waits for an admin. */
  hasOrganizationRequest: boolean
  cartCount: number
  /** Only for admins. */
  waiting: { users: number; organizations: number; accessRequests: number } | null
  /** What is new to this user, up to `mostNew`. */
  news: number
}

/** A session's last-seen time is written at most once in this time, to spare writes. */
const touchEveryMs = 60_000

/** A session lives while it is younger than its absolute end and was seen within its idle time. */
function sessionAlive(now: number) {
  return and(
    gt(sessions.expiresAt, now),
    sql`${sessions.lastSeenAt} + ${sessions.idleSeconds} * 1000 > ${now}`,
  )
}

export async function loadViewer(db: Database, tokenHash: string | null, now: number): Promise<Viewer> {
  if (tokenHash === null) {
    // As a batch, which shares its trip with what the page reads.
    const [rows] = await db.batch([settingsQuery(db)])
    return visitor(settingsOf(rows))
  }

  const sessionUser = sql`(select ${sessions.userId} from ${sessions} where ${sessions.tokenHash} = ${tokenHash})`
  const forAdmin = sql`(select ${users.role} from ${users} where ${users.id} = ${sessionUser}) = 'admin'`
  const [, settingsRows, sessionRows, teamRows, cartRows, waitingRows, newsRows] = await db.batch([
    db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(
        and(
          eq(sessions.tokenHash, tokenHash),
          sessionAlive(now),
          sql`${sessions.lastSeenAt} < ${now - touchEveryMs}`,
        ),
      ),
    settingsQuery(db),
    db
      .select({
        sessionId: named(sessions.id, 'session_id'),
        userId: named(users.id, 'user_id'),
        role: users.role,
        firstName: users.firstName,
        lastName: users.lastName,
        email: users.email,
        orgRole: users.orgRole,
        mustChangePassword: users.mustChangePassword,
        provenAt: sql<number>`max(${sessions.authenticatedAt}, coalesce(${sessions.secondFactorAt}, 0))`.as(
          'proven_at',
        ),
        hasPasskey: sql<boolean>`${hasPasskey}`.mapWith(Boolean).as('has_passkey'),
        hasSecondFactor: sql<boolean>`${hasSecondFactor}`.mapWith(Boolean).as('has_second_factor'),
        organizationId: users.organizationId,
        organizationName: namedOrNull(organizations.name, 'organization_name'),
        organizationState: namedOrNull(organizations.state, 'organization_state'),
        isDefault: namedOrNull(organizations.isDefault, 'organization_is_default'),
        organizationFrozenAt: namedOrNull(organizations.frozenAt, 'organization_frozen_at'),
        hasRequest:
          sql<boolean>`exists (select 1 from organizations p where p.requested_by_id = ${users.id} and p.state = 'pending')`
            .mapWith(Boolean)
            .as('has_organization_request'),
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .leftJoin(organizations, eq(organizations.id, users.organizationId))
      .where(and(eq(sessions.tokenHash, tokenHash), sessionAlive(now), eq(users.state, 'active')))
      .limit(1),
    db.select({ teamId: teamMembers.teamId }).from(teamMembers).where(eq(teamMembers.userId, sessionUser)),
    db.select({ value: count() }).from(cartItems).where(eq(cartItems.userId, sessionUser)),
    db
      .select({
        users: sql<number>`(select count(*) from users where state = 'pending')`,
        organizations: sql<number>`(select count(*) from organizations where state = 'pending')`,
        accessRequests: sql<number>`(select count(*) from access_requests where state = 'pending')`,
      })
      .from(sql`(select 1)`)
      .where(forAdmin),
    newsQuery(db, sessionUser),
  ])
  const current = settingsOf(settingsRows)
  const row = sessionRows[0]
  if (!row) return visitor(current)

  const shared = {
    userId: row.userId,
    name: `${row.firstName} ${row.lastName}`.trim(),
    email: row.email,
    sessionId: row.sessionId,
  }
  const factors = { any: row.hasSecondFactor, passkey: row.hasPasskey }
  if (row.role === 'admin') {
    return {
      actor: { type: 'admin', ...shared },
      settings: current,
      mustChangePassword: row.mustChangePassword,
      mustEnrol: current.requireAdminTwoFactor && !row.hasSecondFactor,
      factors,
      organization: null,
      hasOrganizationRequest: false,
      cartCount: 0,
      waiting: waitingRows[0] ?? null,
      news: newsRows[0]?.count ?? 0,
    }
  }
  // "Sign-in off" closes the portal for developers at once, open sessions included.
  if (!current.signInEnabled || !row.organizationId || !row.orgRole) return visitor(current)
  return {
    actor: {
      type: 'developer',
      ...shared,
      organizationId: row.organizationId,
      orgRole: row.orgRole,
      teamIds: teamRows.map((team) => team.teamId),
      inDefaultOrganization: row.isDefault === true,
      provenAt: row.provenAt,
    },
    settings: current,
    mustChangePassword: row.mustChangePassword,
    mustEnrol: false,
    factors,
    organization: {
      id: row.organizationId,
      name: row.organizationName ?? '',
      state: row.organizationState ?? '',
      isDefault: row.isDefault === true,
      isFrozen: row.organizationFrozenAt !== null,
    },
    hasOrganizationRequest: row.hasRequest,
    cartCount: cartRows[0]?.value ?? 0,
    waiting: null,
    news: newsRows[0]?.count ?? 0,
  }
}

function visitor(settings: Settings): Viewer {
  return {
    actor: { type: 'visitor' },
    settings,
    mustChangePassword: false,
    mustEnrol: false,
    factors: { any: false, passkey: false },
    organization: null,
    hasOrganizationRequest: false,
    cartCount: 0,
    waiting: null,
    news: 0,
  }
}
