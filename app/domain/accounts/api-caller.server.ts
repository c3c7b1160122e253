// Who calls the admin API: a token stands for the admin who made it. All that can end it (revoked, expired, its admin
// deactivated, no admin any more, or deleted) is asked in the query, so it counts from the next request on.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { named } from '~db/columns'
import { apiTokens, users } from '~db/schema'
import { isWellFormedApiToken } from './api-token'
import { addressOf, attemptLimit, countAttempts, countAttemptWhen, refusedBy } from './attempts.server'

export type ApiCaller = { tokenId: Id<'tok'>; scopes: readonly string[]; actor: AdminActor }

/** The time of the last use is written at most once in this time, to spare writes. */
const touchEveryMs = 60_000

/** One answer for every token that opens nothing: who tries one learns no more of it. */
const invalidToken = domainError('invalid_token', 'This token is not known, or it has ended.')

/** A mistyped token costs no trip, a good one costs one. Unknown ones are counted by address. */
export async function loadApiCaller(ctx: DomainContext, token: string): Promise<Result<ApiCaller>> {
  if (!isWellFormedApiToken(token)) return fail(invalidToken)
  const tokenHash = await ctx.tokens.hash(token)
  const limit = await attemptLimit(ctx, 'apiToken', tokenHash)
  const live = and(
    eq(apiTokens.tokenHash, tokenHash),
    sql`api_tokens.revoked_at is null and (api_tokens.expires_at is null or api_tokens.expires_at > ${ctx.now})
      and exists (select 1 from users u where u.id = api_tokens.created_by_id and u.role = 'admin' and u.state = 'active')`,
  )
  const [, rows, counters] = await ctx.db.batch([
    ctx.db
      .update(apiTokens)
      .set({ lastUsedAt: ctx.now })
      .where(and(live, sql`coalesce(api_tokens.last_used_at, 0) <= ${ctx.now - touchEveryMs}`)),
    ctx.db
      .select({
        tokenId: named(apiTokens.id, 'token_id'),
        scopes: apiTokens.scopes,
        userId: named(users.id, 'user_id'),
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
        email: users.email,
      })
      .from(apiTokens)
      .innerJoin(users, eq(users.id, apiTokens.createdById))
      .where(live),
    countAttemptWhen(ctx, limit, sql`exists (select 1 from api_tokens where ${live})`),
  ])
  const [row] = rows
  if (!row) return fail(await refusal(ctx))
  const tooMany = refusedBy(ctx, [limit], counters)
  if (tooMany)
    return fail({
      ...tooMany,
      code: 'rate_limited',
      message: `A token can make ${limit.limit} requests a minute. Wait as long as Retry-After says.`,
    })
  const { tokenId, scopes, ...person } = row
  return ok({
    tokenId,
    scopes,
    actor: { type: 'admin', ...person, sessionId: 'ses_none', apiTokenId: tokenId },
  })
}

async function refusal(ctx: DomainContext) {
  const limits = [await attemptLimit(ctx, 'apiAddress', addressOf(ctx))]
  return refusedBy(ctx, limits, await countAttempts(ctx, limits)) ?? invalidToken
}
