// Ends a token for good, whoever made it: the next request with it is refused. Of several who revoke at once, one does.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apiTokens, events } from '~db/schema'

export async function revokeApiToken(
  ctx: DomainContext<AdminActor>,
  tokenId: Id<'tok'>,
): Promise<Result<{ name: string }>> {
  const [token] = await ctx.db
    .select({ name: apiTokens.name, hint: apiTokens.hint })
    .from(apiTokens)
    .where(eq(apiTokens.id, tokenId))
  if (!token) return fail(domainError('not_found', 'There is no such token.'))
  const event = recordEvent(
    ctx,
    { type: 'api_token.revoked', subjectType: 'api_token', subjectId: tokenId, data: token },
    sql`exists (select 1 from api_tokens where id = ${tokenId} and revoked_at is null)`,
  )
  const [, revoked] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apiTokens)
      .set({ revokedAt: ctx.now })
      .where(
        and(
          eq(apiTokens.id, tokenId),
          isNull(apiTokens.revokedAt),
          sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`,
        ),
      )
      .returning({ id: apiTokens.id }),
  ])
  if (!revoked[0])
    return fail(domainError('already_decided', `The token “${token.name}” is revoked already.`))
  ctx.announce(event.id)
  return ok({ name: token.name })
}
