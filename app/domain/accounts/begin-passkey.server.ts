// The first step of adding a passkey: who knows the password gets a challenge for an authenticator to sign.
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import type { BeginPasskeyInput } from './passkey'
import { type OpenedQuestion, openQuestion } from './passkey-challenge.server'

export async function beginPasskey(
  ctx: DomainContext<UserActor>,
  input: BeginPasskeyInput,
): Promise<Result<OpenedQuestion>> {
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  await clearAttempts(ctx, confirmed.value.limits)
  return ok(await openQuestion(ctx, 'passkey_enrolment', ctx.actor.userId))
}
