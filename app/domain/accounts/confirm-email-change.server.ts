// Makes the new address the account's own, once its owner presses the button behind the mailed link. Other sessions end,
// links under way die, and the old address is told.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { named } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { consumedTokens, emailChanges, sessions, users } from '~db/schema'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import { discardLink, linkDead, linkUsed, readLink, usesOf } from './one-time-link.server'

const purpose = 'email_change'
const dead = domainError(
  linkDead.code,
  'This link does not work any more. Ask for the change again on your profile.',
)

export async function confirmEmailChange(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: { token: string },
): Promise<Result<{ email: string }>> {
  const link = await readLink(ctx, purpose, input.token)
  if (!link.ok) return link
  const payload = link.value
  const tokenHash = await ctx.tokens.hash(input.token)
  const limits = [await attemptLimit(ctx, 'tokenAddress', addressOf(ctx))]
  const [counters, uses, rows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    usesOf(ctx, tokenHash),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
        oldEmail: named(users.email, 'old_email'),
        email: named(emailChanges.email, 'new_email'),
        emailKey: named(emailChanges.emailKey, 'new_email_key'),
        version: emailChanges.version,
      })
      .from(users)
      .innerJoin(emailChanges, eq(emailChanges.userId, users.id))
      .where(
        and(
          eq(users.id, payload?.userId ?? 'usr_nobody'),
          eq(users.state, 'active'),
          eq(users.resetVersion, payload?.version ?? -1),
          sql`${emailChanges.expiresAt} > ${ctx.now}`,
        ),
      ),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  if (uses[0]) return fail(linkUsed)
  const [change] = rows
  if (!change || !payload?.email || emailKey(payload.email) !== change.emailKey) return fail(dead)

  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from users where id = ${change.id} and decision_id = ${decisionId})`
  const event = recordEvent(
    ctx,
    {
      type: 'user.email_changed',
      subjectType: 'user',
      subjectId: change.id,
      data: { name: change.name, email: change.email, before: change.oldEmail },
    },
    won,
  )
  const staying =
    ctx.actor.type !== 'visitor' && ctx.actor.userId === change.id ? ctx.actor.sessionId : 'ses_none'
  try {
    const [changed] = await ctx.db.batch([
      ctx.db
        .update(users)
        .set({
          email: change.email,
          emailKey: change.emailKey,
          emailVerifiedAt: ctx.now,
          resetVersion: sql`${users.resetVersion} + 1`,
          decisionId,
        })
        .where(
          and(
            eq(users.id, change.id),
            eq(users.state, 'active'),
            eq(users.resetVersion, payload.version),
            sql`exists (select 1 from ${emailChanges} where ${emailChanges.userId} = ${change.id} and ${emailChanges.version} = ${change.version})`,
          ),
        )
        .returning({ id: users.id }),
      ctx.db.insert(consumedTokens).select(
        sql`select ${tokenHash} as token_hash, ${purpose} as purpose, ${decisionId} as redemption_id, ${change.id} as user_id,
            ${ctx.now} as consumed_at where ${won}`,
      ),
      ctx.db.delete(emailChanges).where(and(eq(emailChanges.userId, change.id), won)),
      ctx.db.delete(sessions).where(and(eq(sessions.userId, change.id), ne(sessions.id, staying), won)),
      event.statement,
    ])
    if (!changed[0]) return fail((await usesOf(ctx, tokenHash))[0] ? linkUsed : dead)
  } catch (error) {
    if (!violatesUnique(error, 'users.email_key')) throw error
    return fail(
      domainError(
        'conflict',
        'This address belongs to another account by now. Your address stays as it was.',
      ),
    )
  }
  ctx.announce(event.id)
  await discardLink(ctx, purpose, input.token)
  return ok({ email: change.email })
}
