// Proves in the middle of a session that its owner is there: by the password, or by a second factor instead of it. Wrong
// ones are counted as everywhere. A form that gave nothing changes nothing: whoever needs a proof asks how old the last is.
import { and, eq, sql } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { sessions } from '~db/schema'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { proveFactor, usedCode } from './factor-proof.server'
import { type ConfirmPresenceInput, gaveProof } from './presence'

/** Answers the context to go on with: its actor was there just now, where that was proved. */
export async function confirmPresence(
  ctx: DomainContext<DeveloperActor>,
  input: ConfirmPresenceInput,
  challengeToken: string | null,
): Promise<Result<DomainContext<DeveloperActor>>> {
  if (!gaveProof(input)) return ok(ctx)
  const { userId, sessionId } = ctx.actor
  const own = and(eq(sessions.id, sessionId), eq(sessions.userId, userId))
  const proven = { ...ctx, actor: { ...ctx.actor, provenAt: ctx.now } }
  if (input.currentPassword) {
    const confirmed = await confirmIdentity(ctx, input.currentPassword)
    if (!confirmed.ok) return confirmed
    await ctx.db.batch([
      ctx.db.update(sessions).set({ authenticatedAt: ctx.now }).where(own),
      clearAttempts(ctx, confirmed.value.limits),
    ])
    return ok(proven)
  }
  const proof = await proveFactor(ctx, userId, input, { challengeToken, purpose: 'factor_proof' })
  if (!proof.ok) return proof
  // One code proves one session: elsewhere, used at the same moment, it does not hold any more.
  const won = sql`exists (select 1 from sessions where id = ${sessionId} and second_factor_at = ${ctx.now})`
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(sessions)
      .set({ authenticatedAt: ctx.now, secondFactorAt: ctx.now })
      .where(and(own, proof.value.holds))
      .returning({ id: sessions.id }),
    ...proof.value.spend(won),
  ])
  return rows[0] ? ok(proven) : fail(usedCode)
}
