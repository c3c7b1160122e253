// Closes an account: every session ends, links that are under way die, and the gateway refuses the keys of personal apps
// until the account is active again. Apps that are shared go on: others work with them.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { sessions, users } from '~db/schema'
import type { DeactivateUserInput } from './account'
import { explainDecision } from './already-decided.server'
import { findPerson, forgetKeysOf } from './person.server'
import { lastAdmin, lastSuperAdmin, leavesAnAdmin, leavesASuperAdmin } from './standing.server'

export async function deactivateUser(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
  input: DeactivateUserInput,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(await explainDecision(ctx, userId))
  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from users where id = ${userId} and decision_id = ${decisionId})`
  const event = recordEvent(
    ctx,
    {
      type: 'user.deactivated',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email, state: 'deactivated', reason: input.reason },
    },
    won,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({
        state: 'deactivated',
        stateReason: input.reason || null,
        resetVersion: sql`${users.resetVersion} + 1`,
        decisionId,
        decidedById: ctx.actor.userId,
        decidedAt: ctx.now,
      })
      .where(and(eq(users.id, userId), eq(users.state, 'active'), leavesAnAdmin, leavesASuperAdmin))
      .returning({ id: users.id }),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), won)),
    event.statement,
  ])
  if (!rows[0]) return fail(await whyNot(ctx, userId))
  ctx.announce(event.id)
  await forgetKeysOf(ctx, userId)
  return ok({ name: person.name })
}

async function whyNot(ctx: DomainContext, userId: UserId) {
  const [row] = await ctx.db
    .select({
      state: users.state,
      admin: sql<number>`${leavesAnAdmin}`,
      superAdmin: sql<number>`${leavesASuperAdmin}`,
    })
    .from(users)
    .where(eq(users.id, userId))
  if (row?.state === 'active' && !row.admin) return domainError('last_admin', lastAdmin)
  if (row?.state === 'active' && !row.superAdmin) return domainError('last_super_admin', lastSuperAdmin)
  return explainDecision(ctx, userId)
}
