// Gives an endpoint a new secret, answered this one time. The one before signs as well for a day, so that the receiver has
// time to take the new one. Of two who rotate at once, one does.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { findWebhook, findWebhookCipher } from './queries-webhooks.server'
import { secretOverlapMs, type WebhookOwner, webhookName } from './webhook'
import { newWebhookSecret } from './webhook-secret'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'

export async function rotateWebhookSecret(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string; secret: string }>> {
  const known = await findWebhookCipher(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  const name = webhookName(known)
  const secret = newWebhookSecret()
  const rotated = await changeWebhook(ctx, webhookId, {
    type: 'webhook.secret_rotated',
    data: { name },
    when: sql`w.secret_cipher = ${known.secretCipher}`,
    set: {
      secretCipher: await ctx.vault.seal(secret, webhookId),
      previousSecretCipher: known.secretCipher,
      previousSecretUntil: ctx.now + secretOverlapMs,
    },
  })
  if (rotated) return ok({ name, secret })
  return fail(
    (await findWebhook(ctx, webhookId))
      ? domainError('conflict', 'Somebody rotated this secret at the same moment. Nothing was changed twice.')
      : noSuchWebhook,
  )
}
