// Makes a token of the admin API for the admin who asks. The token itself is in the answer, this one time: what is kept
// is its hash, by which it is found, and its last four characters, by which people tell tokens apart.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newId } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { keyHint } from '~/domain/kernel/secret-key'
import { recordEvent } from '~db/record-event'
import { apiTokens } from '~db/schema'
import { type CreateApiTokenInput, newApiToken } from './api-token'

export async function createApiToken(
  ctx: DomainContext<AdminActor>,
  input: CreateApiTokenInput,
): Promise<Result<{ tokenId: Id<'tok'>; name: string; token: string }>> {
  const id = newId('tok', ctx.now)
  const token = newApiToken()
  const hint = keyHint(token)
  const event = recordEvent(ctx, {
    type: 'api_token.created',
    subjectType: 'api_token',
    subjectId: id,
    data: { name: input.name, hint, scopes: input.scopes, days: input.lifetimeDays },
  })
  await ctx.db.batch([
    ctx.db.insert(apiTokens).values({
      id,
      name: input.name,
      tokenHash: await ctx.tokens.hash(token),
      hint,
      scopes: input.scopes,
      createdById: ctx.actor.userId,
      expiresAt: ctx.now + input.lifetimeDays * 86_400_000,
      createdAt: ctx.now,
    }),
    event.statement,
  ])
  ctx.announce(event.id)
  return ok({ tokenId: id, name: input.name, token })
}
