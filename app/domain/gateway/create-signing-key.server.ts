// Makes the first key that signs access tokens, when the first token is asked for. Of many who need one at once, one makes
// it. The private half leaves this function only as the vault's sealed text, bound to the row.
import { type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { type PublicJwk, signingKeys } from '~db/schema'
import { signingParameters } from './signing-key'

export async function createSigningKey(ctx: DomainContext<SystemActor>): Promise<{ created: boolean }> {
  const key = await newSigningKey(ctx, ctx.now, sql`not exists (select 1 from signing_keys)`)
  const [rows] = await ctx.db.batch(key.statements)
  return { created: key.settle(rows) }
}

/** The statements that write a new key, if `when` holds. Hand the rows of the first to `settle`. */
export async function newSigningKey(ctx: DomainContext<SystemActor>, signsFrom: number, when: SQL) {
  const pair = (await crypto.subtle.generateKey(signingParameters, true, ['sign', 'verify'])) as CryptoKeyPair
  const id = newId('sgk', ctx.now)
  const privateJwk = JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey))
  const event = recordEvent(
    ctx,
    { type: 'signing_key.created', subjectType: 'signing_key', subjectId: id },
    sql`exists (select 1 from signing_keys where id = ${id})`,
  )
  const publicJwk = JSON.stringify(publicPart(await crypto.subtle.exportKey('jwk', pair.publicKey)))
  const privateCipher = await ctx.vault.seal(privateJwk, id)
  return {
    statements: [
      ctx.db
        .insert(signingKeys)
        .select(
          sql`select ${id} as id, ${publicJwk} as public_jwk, ${privateCipher} as private_cipher,
            ${signsFrom} as signs_from, ${ctx.now} as created_at where ${when}`,
        )
        .returning({ id: signingKeys.id }),
      event.statement,
    ] as const,
    settle(rows: readonly { id: Id<'sgk'> }[]): boolean {
      if (rows.length > 0) ctx.announce(event.id)
      return rows.length > 0
    },
  }
}

/** What is published is named one by one: nothing of the private half can slip through. */
function publicPart(jwk: ArrayBuffer | JsonWebKey): PublicJwk {
  const { x, y } = jwk as JsonWebKey
  if (!x || !y) throw new Error('a key without a public half')
  return { kty: 'EC', crv: 'P-256', x, y }
}
