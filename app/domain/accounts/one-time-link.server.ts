// Links that work once: what KV says of a token, and the answers for one that works no more.
import { eq } from 'drizzle-orm'
import type { DomainContext, TokenPayload, TokenPurpose } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { consumedTokens } from '~db/schema'

export const linkDead: DomainError = domainError(
  'token_invalid',
  'This link does not work any more. Ask for a new one.',
)
export const linkUsed: DomainError = domainError(
  'token_used',
  'This link was used already. Ask for a new one.',
)

/** Null inside when the link is unknown or over. KV being down is "try again", never "invalid". */
export async function readLink(
  ctx: DomainContext,
  purpose: TokenPurpose,
  token: string,
): Promise<Result<TokenPayload | null>> {
  try {
    return ok(await ctx.tokens.read(purpose, token))
  } catch {
    return fail(
      domainError(
        'temporarily_unavailable',
        'The link could not be checked just now. Try again in a minute.',
        { retryAfterSeconds: 60 },
      ),
    )
  }
}

export function usesOf(ctx: DomainContext, tokenHash: string) {
  return ctx.db
    .select({ redemptionId: consumedTokens.redemptionId, userId: consumedTokens.userId })
    .from(consumedTokens)
    .where(eq(consumedTokens.tokenHash, tokenHash))
}

/** D1 has decided already, so failing to tidy KV harms nothing: the entry runs out by itself. */
export async function discardLink(ctx: DomainContext, purpose: TokenPurpose, token: string): Promise<void> {
  await ctx.tokens.discard(purpose, token).catch(() => undefined)
}
