// A challenge for one's own passkeys, where a change of second factors asks for one of them.
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import { type OpenedQuestion, openQuestion } from './passkey-challenge.server'

export async function beginPasskeyProof(ctx: DomainContext<UserActor>): Promise<Result<OpenedQuestion>> {
  const limits = [await attemptLimit(ctx, 'passkeyAddress', addressOf(ctx))]
  const tooMany = refusedBy(ctx, limits, await countAttempts(ctx, limits))
  if (tooMany) return fail(tooMany)
  return ok(await openQuestion(ctx, 'factor_proof', ctx.actor.userId))
}
