// The Durable Object of a name, with the methods of its class.
import type { CredentialLimiter } from './limiter'

export function limiterOf(env: Env, name: string): DurableObjectStub<CredentialLimiter> {
  return env.LIMITER.get(env.LIMITER.idFromName(name)) as unknown as DurableObjectStub<CredentialLimiter>
}
