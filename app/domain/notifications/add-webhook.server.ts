// Adds an endpoint for webhooks, up to the limit of its owner, and to no address that an admin stopped. Its secret is answered this one time, and sealed.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { webhookEndpoints } from '~db/schema'
import { maxWebhooks, type WebhookInput, type WebhookOwner, webhookName, webhookScope } from './webhook'
import { webhookAddressProblem } from './webhook-address'
import { chosenTypesOf, newWebhookSecret } from './webhook-secret'
import { mayAddWebhooks, organizationOf } from './webhook-statements.server'
import { addressStopped, stopsOf } from './webhook-stops.server'

export async function addWebhook(
  ctx: DomainContext<WebhookOwner>,
  input: WebhookInput,
): Promise<Result<{ webhookId: Id<'whk'>; name: string; secret: string }>> {
  const problem = webhookAddressProblem(input.url, ctx)
  if (problem) return fail(fieldError('url', problem))
  const stops = await stopsOf(ctx, input.url)
  if (stops.isStopped) return fail(addressStopped)
  const { actor, db, now } = ctx
  const chosen = chosenTypesOf(input, webhookScope(actor))
  if (!chosen.ok) return chosen
  const organizationId = organizationOf(actor)
  const limit = maxWebhooks[webhookScope(actor)]
  const webhookId = newId('whk', now)
  const secret = newWebhookSecret()
  const name = webhookName(input)
  const event = recordEvent(
    ctx,
    { type: 'webhook.created', subjectType: 'webhook', subjectId: webhookId, organizationId, data: { name } },
    sql`exists (select 1 from webhook_endpoints w where w.id = ${webhookId})`,
  )
  const [added] = await db.batch([
    db
      .insert(webhookEndpoints)
      .select(
        sql`select ${webhookId} as id, ${input.url} as url, ${input.description} as description,
          ${await ctx.vault.seal(secret, webhookId)} as secret_cipher, ${JSON.stringify(chosen.value.eventTypes)} as event_types,
          'active' as state, 0 as failures, null as paused_at, ${now} as created_at, ${organizationId} as organization_id,
          null as previous_secret_cipher, null as previous_secret_until, ${chosen.value.allEvents ? 1 : 0} as all_events,
          null as paused_reason, null as failing_since, null as quiet_until,
          null as paused_note, null as paused_before
          where (select count(*) from webhook_endpoints w where w.organization_id is ${organizationId}) < ${limit}
          and ${mayAddWebhooks(actor)} and ${stops.noneSince}`,
      )
      .returning({ id: webhookEndpoints.id }),
    event.statement,
  ])
  if (!added[0]) return fail(await whyNot(ctx, limit, input.url))
  ctx.announce(event.id)
  return ok({ webhookId, name, secret })
}

async function whyNot(ctx: DomainContext<WebhookOwner>, limit: number, url: string) {
  const { db, actor } = ctx
  if ((await stopsOf(ctx, url)).isStopped) return addressStopped
  const [row] = await db.all<{ allowed: number }>(sql`select ${mayAddWebhooks(actor)} as allowed`)
  return row?.allowed
    ? domainError('conflict', `There are ${limit} webhooks already. Delete one that is not needed any more.`)
    : domainError('not_allowed', 'Only super admins of an active organization can add webhooks to it.')
}
