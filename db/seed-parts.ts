// What the demo world's parts share, and the way to call commands from outside the portal.
import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainError } from '~/domain/kernel/errors'
import type { Result } from '~/domain/kernel/result'
import { markdownTools } from '~/platform/markdown'
import { passkeyTools } from '~/platform/passkeys'
import { passwordTools } from '~/platform/passwords'
import { createTokenStore } from '~/platform/tokens'
import { totpTools } from '~/platform/totp'
import { createVault } from '~/platform/vault'
import type { Database } from '~db/client'

/** Contexts of any actor at any moment. */
export type Seeder = {
  db: Database
  now: number
  as: <A extends Actor>(actor: A, at: number) => DomainContext<A>
}

type Outside = { db: Database; tokens: KVNamespace; vaultKeys: string; origin: string }

/** Contexts outside the portal: what they announce waits for its cron. */
export function contextOutside({ db, tokens, vaultKeys, origin }: Outside): Seeder['as'] {
  return (actor, at) => ({
    db,
    now: at,
    actor,
    requestId: 'outside',
    source: { ip: null, country: null, userAgent: null },
    origin,
    gatewayOrigin: origin,
    passwords: passwordTools,
    vault: createVault(vaultKeys),
    tokens: createTokenStore(tokens, () => at),
    totp: totpTools,
    passkeys: passkeyTools(origin),
    markdown: markdownTools,
    announce: () => {},
    forgetCredential: () => {},
    forgetOrganization: () => {},
  })
}

/** The value of a command that must succeed here. */
export function done<T>(result: Result<T, DomainError>): T {
  if (!result.ok) throw new Error(`The demo world could not be made: ${result.error.message}`)
  return result.value
}
