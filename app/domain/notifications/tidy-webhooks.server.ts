// What the cron does for webhooks: secrets move on to the newest vault key, those whose day is over are forgotten, and
// attempts older than a month are deleted, a bounded number at a time.
import { and, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { reseal } from '~db/reseal'
import { webhookAttempts, webhookEndpoints } from '~db/schema'
import { attemptsKeptMs } from './webhook'

export async function resealWebhooks(ctx: DomainContext<SystemActor>): Promise<number> {
  const table = { table: 'webhook_endpoints', id: 'id' }
  const newest = await reseal(ctx, { ...table, cipher: 'secret_cipher' }, (id) => id)
  const before = await reseal(ctx, { ...table, cipher: 'previous_secret_cipher' }, (id) => id)
  return newest + before
}

const perRun = 1000

export async function tidyWebhooks(ctx: DomainContext<SystemActor>): Promise<void> {
  const { db, now } = ctx
  await db.batch([
    db
      .update(webhookEndpoints)
      .set({ previousSecretCipher: null, previousSecretUntil: null })
      .where(
        and(isNotNull(webhookEndpoints.previousSecretCipher), lte(webhookEndpoints.previousSecretUntil, now)),
      ),
    db
      .delete(webhookAttempts)
      .where(
        inArray(
          sql`rowid`,
          sql`(select a.rowid from webhook_attempts a where a.created_at <= ${now - attemptsKeptMs} order by a.created_at limit ${perRun})`,
        ),
      ),
  ])
}
