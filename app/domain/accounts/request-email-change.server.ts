// Asks for another address. A link goes to the new one; nothing changes until its owner opens it. An address that has an
// account already gets the same answer here, and its owner a mail that says so.
import { eq, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { emailChanges, events, users } from '~db/schema'
import type { RequestEmailChangeInput } from './account'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'

export const emailChangeLifetimeMs = 86_400_000
/** Links that one account can ask for in an hour, whatever the addresses. */
const linksPerHour = 3

export async function requestEmailChange(
  ctx: DomainContext<UserActor>,
  input: RequestEmailChangeInput,
): Promise<Result<{ email: string }>> {
  const { userId, name } = ctx.actor
  const key = emailKey(input.email)
  if (key === emailKey(ctx.actor.email)) {
    return fail(fieldError('email', 'This is your address already. Enter another one.'))
  }
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed

  const shared = { subjectType: 'user' } as const
  const asked = recordEvent(
    ctx,
    {
      type: 'user.email_change_requested',
      ...shared,
      subjectId: userId,
      data: { name, email: ctx.actor.email, newEmail: input.email },
    },
    sql`(select count(*) from events where subject_id = ${userId} and type = 'user.email_change_requested'
      and created_at > ${ctx.now - 3_600_000}) < ${linksPerHour}`,
  )
  const askedNow = sql`exists (select 1 from ${events} where ${events.id} = ${asked.id})`
  const [owner] = await ctx.db
    .select({ id: users.id, name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})` })
    .from(users)
    .where(eq(users.emailKey, key))
  // For a free address this is an event about nobody, which is never written: the same statements run for both.
  const told = recordEvent(
    ctx,
    {
      type: 'user.registration_repeated',
      ...shared,
      subjectId: owner?.id ?? 'usr_nobody',
      data: { name: owner?.name ?? '', email: input.email },
    },
    sql`${askedNow} and exists (select 1 from users where id = ${owner?.id ?? null})`,
  )
  const change = { version: newDecisionId(ctx.now), email: input.email, emailKey: key }
  const [rows] = await ctx.db.batch([
    asked.statement.returning({ id: events.id }),
    ctx.db
      .insert(emailChanges)
      .select(
        sql`select ${userId} as user_id, ${change.version} as version, ${change.email} as email, ${key} as email_key,
          ${ctx.now + emailChangeLifetimeMs} as expires_at, ${ctx.now} as created_at
          where ${askedNow} and not exists (select 1 from users where email_key = ${key})`,
      )
      .onConflictDoUpdate({
        target: emailChanges.userId,
        set: { ...change, expiresAt: ctx.now + emailChangeLifetimeMs, createdAt: ctx.now },
      }),
    told.statement,
    clearAttempts(ctx, confirmed.value.limits),
  ])
  if (!rows[0]) {
    return fail(
      domainError(
        'too_many_attempts',
        'You have asked for three links within an hour. Wait, then try again.',
        {
          retryAfterSeconds: 3600,
        },
      ),
    )
  }
  ctx.announce(asked.id)
  if (owner) ctx.announce(told.id)
  return ok({ email: input.email })
}
