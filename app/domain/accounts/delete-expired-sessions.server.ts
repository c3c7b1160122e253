// Housekeeping of accounts: sessions and login challenges that are over, counters whose window has passed, marks of tokens
// long dead, answers of the admin API that nobody can ask for again.
// None of them decides anything any more; each run deletes a bounded number.
import { inArray, lte, or, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { attemptCounters, consumedTokens, loginChallenges, sessions } from '~db/schema'
import { expiredKeys } from './idempotency.server'

/** Longer than any token lives (invitations: 7 days), so that a spent one never works again. */
const keepConsumedMs = 30 * 86_400_000

const perRun = 1000

export async function deleteExpiredSessions(ctx: DomainContext<SystemActor>): Promise<void> {
  const { db, now } = ctx
  await db.batch([
    db.delete(sessions).where(
      inArray(
        sessions.tokenHash,
        db
          .select({ tokenHash: sessions.tokenHash })
          .from(sessions)
          .where(
            or(
              lte(sessions.expiresAt, now),
              sql`${sessions.lastSeenAt} + ${sessions.idleSeconds} * 1000 <= ${now}`,
            ),
          )
          .limit(perRun),
      ),
    ),
    db
      .delete(loginChallenges)
      .where(
        inArray(
          loginChallenges.tokenHash,
          db
            .select({ tokenHash: loginChallenges.tokenHash })
            .from(loginChallenges)
            .where(lte(loginChallenges.expiresAt, now))
            .limit(perRun),
        ),
      ),
    db
      .delete(attemptCounters)
      .where(
        inArray(
          attemptCounters.key,
          db
            .select({ key: attemptCounters.key })
            .from(attemptCounters)
            .where(lte(attemptCounters.resetsAt, now))
            .limit(perRun),
        ),
      ),
    db.delete(consumedTokens).where(
      inArray(
        consumedTokens.tokenHash,
        db
          .select({ tokenHash: consumedTokens.tokenHash })
          .from(consumedTokens)
          .where(lte(consumedTokens.consumedAt, now - keepConsumedMs))
          .limit(perRun),
      ),
    ),
    expiredKeys(ctx),
  ])
}
