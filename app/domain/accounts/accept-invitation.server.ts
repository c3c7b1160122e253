// Completes an invitation: the first password of an account that somebody else made. Role and place are those of the
// account at that moment. Works once; a form that is sent twice says twice that it is done.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext, TokenPayload } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { named, namedOrNull } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { consumedTokens, invitations, organizations, users } from '~db/schema'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import type { AcceptInvitationInput } from './invitation'
import { hashNewPassword } from './new-password.server'
import { discardLink, readLink, usesOf } from './one-time-link.server'

const purpose = 'invitation'

const dead = domainError(
  'token_invalid',
  'This invitation does not work any more: it is older than 7 days, was withdrawn, or a newer one was sent. Ask the person who invited you for a new one.',
)
const used = domainError('token_used', 'This invitation was accepted already. You can log in.')

type Anybody = VisitorActor | DeveloperActor | AdminActor

/** The conditions on the account under which the link of `payload` works, on a row of `users`. */
function stillInvited(ctx: DomainContext, payload: TokenPayload) {
  return and(
    eq(users.id, payload.userId),
    eq(users.state, 'invited'),
    eq(users.resetVersion, payload.version),
    sql`exists (select 1 from ${invitations} where ${invitations.userId} = ${users.id} and ${invitations.state} = 'open'
      and ${invitations.expiresAt} > ${ctx.now})`,
    sql`(${users.organizationId} is null or exists (select 1 from organizations o where o.id = ${users.organizationId} and o.state = 'active'))`,
  )
}

function invitedQuery(ctx: DomainContext, payload: TokenPayload | null) {
  return ctx.db
    .select({
      id: named(users.id, 'user_id'),
      email: users.email,
      firstName: users.firstName,
      lastName: users.lastName,
      organizationId: named(users.organizationId, 'user_organization_id'),
      organizationName: namedOrNull(organizations.name, 'organization_name'),
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(payload ? stillInvited(ctx, payload) : sql`0`)
}

/** What the page of the link says. Reads only; the link is as good afterwards as before. */
export async function checkInvitation(
  ctx: DomainContext<Anybody>,
  token: string,
): Promise<Result<{ email: string; organizationName: string | null }>> {
  const link = await readLink(ctx, purpose, token)
  if (!link.ok) return link
  const [uses, rows] = await ctx.db.batch([
    usesOf(ctx, await ctx.tokens.hash(token)),
    invitedQuery(ctx, link.value),
  ])
  if (uses[0]) return fail(used)
  const [row] = rows
  return row ? ok({ email: row.email, organizationName: row.organizationName }) : fail(dead)
}

export async function acceptInvitation(
  ctx: DomainContext<Anybody>,
  input: AcceptInvitationInput,
): Promise<Result<{ userId: UserId | null }>> {
  const link = await readLink(ctx, purpose, input.token)
  if (!link.ok) return link
  const payload = link.value
  const tokenHash = await ctx.tokens.hash(input.token)
  const limits = [await attemptLimit(ctx, 'tokenAddress', addressOf(ctx))]
  const [counters, settingsRows, uses, rows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    settingsQuery(ctx.db),
    usesOf(ctx, tokenHash),
    invitedQuery(ctx, payload),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  if (uses[0]) return uses[0].redemptionId === input.redemptionId ? ok({ userId: null }) : fail(used)
  const [person] = rows
  if (!person || !payload) return fail(dead)
  const settings = settingsOf(settingsRows)
  const hashed = await hashNewPassword(ctx, settings, person, input.password)
  if (!hashed.ok) return hashed
  const passwordHash = hashed.value
  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from users where id = ${person.id} and decision_id = ${decisionId})`
  const name = `${person.firstName} ${person.lastName}`.trim()
  const event = recordEvent(
    ctx,
    {
      type: 'user.invitation_accepted',
      subjectType: 'user',
      subjectId: person.id,
      organizationId: person.organizationId,
      data: { name, email: person.email },
    },
    won,
  )
  const [accepted] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({
        state: 'active',
        passwordHash,
        passwordChangedAt: ctx.now,
        mustChangePassword: false,
        resetVersion: sql`${users.resetVersion} + 1`,
        // Whoever opened the mailed link reads that mailbox.
        emailVerifiedAt: ctx.now,
        decisionId,
      })
      .where(stillInvited(ctx, payload))
      .returning({ id: users.id }),
    ctx.db.insert(consumedTokens).select(
      sql`select ${tokenHash} as token_hash, ${purpose} as purpose, ${input.redemptionId} as redemption_id,
          ${person.id} as user_id, ${ctx.now} as consumed_at where ${won}`,
    ),
    ctx.db
      .update(invitations)
      .set({ state: 'accepted', decidedAt: ctx.now })
      .where(and(eq(invitations.userId, person.id), eq(invitations.state, 'open'), won)),
    event.statement,
  ])
  if (!accepted[0]) {
    const [first] = await usesOf(ctx, tokenHash)
    if (first?.redemptionId === input.redemptionId) return ok({ userId: null })
    return fail(first ? used : dead)
  }
  ctx.announce(event.id)
  await discardLink(ctx, purpose, input.token)
  return ok({ userId: person.id })
}
