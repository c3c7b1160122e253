// A challenge for whoever wants to log in with a passkey: it says nothing of any account.
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import { type OpenedQuestion, openQuestion } from './passkey-challenge.server'

export async function beginPasskeyLogIn(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
): Promise<Result<OpenedQuestion>> {
  const limits = [await attemptLimit(ctx, 'passkeyAddress', addressOf(ctx))]
  const tooMany = refusedBy(ctx, limits, await countAttempts(ctx, limits))
  if (tooMany) return fail(tooMany)
  return ok(await openQuestion(ctx, 'passkey_login', null))
}
