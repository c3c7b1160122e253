// A POST of the admin API that is sent again under its `Idempotency-Key` changes nothing more: who inserts the row acts,
// everybody else gets the stored answer, or is told to wait. A key is its token's own and is kept for 24 hours. Whoever acted
// and never answered is given up after five minutes, if no event says that something was changed.
import { and, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { idempotencyKeys } from '~db/schema'

const keepMs = 86_400_000
const perRun = 1000
/** Far longer than a request lives: a Worker ends 30 seconds after its client went, and so does a statement of D1. */
const givenUpAfterMs = 5 * 60_000

export type KeyedRequest = { tokenId: Id<'tok'>; key: string; requestHash: string }

export type StoredAnswer = { status: number; body: string | null }

/** Null for the one who has to act now, and then to `keepAnswer` or `forgetKey`; else the answer of the first time. */
export async function claimKey(
  ctx: DomainContext<AdminActor>,
  request: KeyedRequest,
): Promise<Result<StoredAnswer | null>> {
  const { tokenId, key, requestHash } = request
  const [claimed, rows] = await ctx.db.batch([
    ctx.db
      .insert(idempotencyKeys)
      .values({ tokenId, key, requestHash, status: null, response: null, createdAt: ctx.now })
      .onConflictDoUpdate({
        target: [idempotencyKeys.tokenId, idempotencyKeys.key],
        set: { requestHash, status: null, response: null, createdAt: ctx.now },
        setWhere: sql`(${lte(idempotencyKeys.createdAt, ctx.now - keepMs)} or (${isGivenUp(ctx, requestHash)}))`,
      })
      .returning({ key: idempotencyKeys.key }),
    ctx.db.select().from(idempotencyKeys).where(own(request)),
  ])
  if (claimed[0]) return ok(null)
  const first = rows[0]
  if (first && first.requestHash !== requestHash) {
    return fail(
      domainError(
        'idempotency_key_reused',
        'This Idempotency-Key was sent with another request before. Use a new key for each request.',
      ),
    )
  }
  if (!first || first.status === null) {
    return fail(
      domainError(
        'idempotency_key_in_use',
        first && first.createdAt <= ctx.now - givenUpAfterMs
          ? 'The first request with this Idempotency-Key changed something, but its answer is lost. Look at what changed before you send another one under a new key.'
          : 'The first request with this Idempotency-Key has not ended. Ask again in a moment; after five minutes it is run again, if it changed nothing.',
        { retryAfterSeconds: 1 },
      ),
    )
  }
  return ok({ status: first.status, body: first.response })
}

export async function keepAnswer(
  ctx: DomainContext,
  request: KeyedRequest,
  answer: StoredAnswer,
): Promise<void> {
  await ctx.db
    .update(idempotencyKeys)
    .set({ status: answer.status, response: answer.body })
    .where(and(own(request), eq(idempotencyKeys.createdAt, ctx.now)))
}

/** Nothing was done: the same request may try again. */
export async function forgetKey(ctx: DomainContext, request: KeyedRequest): Promise<void> {
  await ctx.db.delete(idempotencyKeys).where(and(own(request), eq(idempotencyKeys.createdAt, ctx.now)))
}

/** Housekeeping: keys that nobody can repeat any more. */
export function expiredKeys(ctx: DomainContext) {
  return ctx.db.delete(idempotencyKeys).where(
    inArray(
      sql`rowid`,
      ctx.db
        .select({ rowid: sql`rowid` })
        .from(idempotencyKeys)
        .where(lte(idempotencyKeys.createdAt, ctx.now - keepMs))
        .limit(perRun),
    ),
  )
}

/**
 * The first request died before it changed anything: what it had changed would have its event, written in the same batch,
 * by the same admin and at the same moment of the clock as the claim. Another event of that moment only keeps the key.
 */
function isGivenUp({ actor, now }: DomainContext<AdminActor>, requestHash: string): SQL | undefined {
  return and(
    isNull(idempotencyKeys.status),
    eq(idempotencyKeys.requestHash, requestHash),
    lte(idempotencyKeys.createdAt, now - givenUpAfterMs),
    sql`not exists (select 1 from events where events.actor_id = ${actor.userId} and events.created_at = idempotency_keys.created_at)`,
  )
}

function own({ tokenId, key }: KeyedRequest) {
  return and(eq(idempotencyKeys.tokenId, tokenId), eq(idempotencyKeys.key, key))
}
