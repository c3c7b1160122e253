// Opens a session for somebody who has proved who they are: with a token of its own each time, and never for an account
// that is not active at that moment. What they proved it with must still hold: the caller's predicate says so.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor, DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainError } from '~/domain/kernel/errors'
import { newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { Settings } from '~/domain/settings/settings'
import { recordEvent } from '~db/record-event'
import { sessions, users } from '~db/schema'
import type { Factor } from './second-factor'
import { newSessionToken } from './session-token'

export type NewSession = {
  /** For the cookie alone: it is kept nowhere. */
  token: string
  maxAgeSeconds: number
  role: 'admin' | 'developer'
  mustChangePassword: boolean
}

type SessionOwner = Pick<
  typeof users.$inferSelect,
  'id' | 'email' | 'role' | 'organizationId' | 'orgRole' | 'mustChangePassword'
> & { name: string; inDefaultOrganization: boolean | null }

type Opening = {
  user: SessionOwner
  settings: Settings
  /** The hash of the session that came with the request: it ends, whoever it belonged to. */
  endedSession: string | null
  /** A predicate on `users` that must hold when the session is written. */
  onlyIf: SQL
  /** When the old one was made with weaker parameters. */
  newPasswordHash: string | null
  /** Which second factor was shown; null for a password alone. */
  secondFactor: Factor | null
  /** The answer when `onlyIf` does not hold any more. */
  refused: DomainError
  /** Statements of the same batch, told the predicate that holds if the session was opened. */
  whenOpened: (opened: SQL) => BatchItem<'sqlite'>[]
}

export async function openSession(ctx: DomainContext, opening: Opening): Promise<Result<NewSession>> {
  const { user, settings } = opening
  const token = newSessionToken()
  const tokenHash = await ctx.tokens.hash(token)
  const sessionId = newId('ses', ctx.now)
  const idleSeconds = user.role === 'admin' ? settings.adminIdleSeconds : settings.developerIdleSeconds
  const opened = sql`exists (select 1 from ${sessions} where ${sessions.tokenHash} = ${tokenHash})`
  const event = recordEvent(
    { ...ctx, actor: actorOf(user, sessionId, ctx.now) },
    {
      type: 'user.logged_in',
      subjectType: 'user',
      subjectId: user.id,
      data: {
        name: user.name,
        email: user.email,
        ...(opening.secondFactor ? { factor: opening.secondFactor } : {}),
      },
    },
    opened,
  )
  const { userAgent, ip, country } = ctx.source
  const [rows] = await ctx.db.batch([
    ctx.db
      .insert(sessions)
      .select(
        sql`select ${tokenHash} as token_hash, ${sessionId} as id, ${users.id} as user_id, ${ctx.now} as created_at, ${ctx.now} as last_seen_at,
          ${idleSeconds} as idle_seconds, ${ctx.now + settings.sessionLifetimeSeconds * 1000} as expires_at,
          ${ctx.now} as authenticated_at, ${userAgent} as user_agent, ${ip} as ip, ${country} as country,
          ${opening.secondFactor ? ctx.now : null} as second_factor_at
          from ${users} where ${users.id} = ${user.id} and ${users.state} = 'active' and ${opening.onlyIf}`,
      )
      .returning({ id: sessions.id }),
    event.statement,
    ctx.db
      .update(users)
      .set({
        lastLoginAt: ctx.now,
        ...(opening.newPasswordHash ? { passwordHash: opening.newPasswordHash } : {}),
      })
      .where(and(eq(users.id, user.id), opened)),
    ctx.db.delete(sessions).where(and(sql`${sessions.tokenHash} = ${opening.endedSession}`, opened)),
    ...opening.whenOpened(opened),
  ])
  if (!rows[0]) return fail(opening.refused)
  ctx.announce(event.id)
  return ok({
    token,
    maxAgeSeconds: settings.sessionLifetimeSeconds,
    role: user.role,
    mustChangePassword: user.mustChangePassword,
  })
}

function actorOf(user: SessionOwner, sessionId: `ses_${string}`, now: number): AdminActor | DeveloperActor {
  const shared = { userId: user.id, name: user.name, email: user.email, sessionId }
  if (user.role === 'admin' || !user.organizationId || !user.orgRole) return { type: 'admin', ...shared }
  return {
    type: 'developer',
    ...shared,
    organizationId: user.organizationId,
    orgRole: user.orgRole,
    teamIds: [],
    inDefaultOrganization: user.inDefaultOrganization === true,
    provenAt: now,
  }
}
