// Changes where an endpoint's webhooks go and which events it is sent. The secret stays: it signs, and opens nothing.
// What an admin stopped keeps its address, and no other endpoint gets it.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { beforeIn } from '~db/event-before'
import { findWebhook } from './queries-webhooks.server'
import { bareAddress, type WebhookInput, type WebhookOwner, webhookName, webhookScope } from './webhook'
import { webhookAddressProblem } from './webhook-address'
import { chosenTypesOf } from './webhook-secret'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'
import { addressStays, addressStopped, notStopped, stopsOf } from './webhook-stops.server'

export async function editWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  input: WebhookInput,
): Promise<Result<{ name: string }>> {
  const problem = webhookAddressProblem(input.url, ctx)
  if (problem) return fail(fieldError('url', problem))
  const chosen = chosenTypesOf(input, webhookScope(ctx.actor))
  if (!chosen.ok) return chosen
  const stops = await stopsOf(ctx, input.url)
  const keeps = sql`w.url = ${input.url}`
  const name = webhookName(input)
  const { was, wasList } = beforeIn(sql`webhook_endpoints`, webhookId)
  const changed = await changeWebhook(ctx, webhookId, {
    type: 'webhook.changed',
    data: {
      name,
      address: bareAddress(input.url),
      description: input.description,
      events: chosen.value.allEvents ? ['all'] : chosen.value.eventTypes.toSorted(),
    },
    before: {
      address: was(sql`case when url = ${input.url} then ${bareAddress(input.url)}
        when ${bare} = ${bareAddress(input.url)} then ${bare} || ' with another query' else ${bare} end`),
      description: was(sql`description`),
      events: wasList(sql`case when all_events then json_array('all')
        else (select json_group_array(value) from (select value from json_each(event_types) order by 1)) end`),
    },
    when: stops.isStopped ? keeps : sql`${keeps} or (${notStopped} and ${stops.noneSince})`,
    set: { url: input.url, description: input.description, ...chosen.value },
  })
  return changed ? ok({ name }) : fail(await whyNot(ctx, webhookId))
}

async function whyNot(ctx: DomainContext<WebhookOwner>, webhookId: Id<'whk'>) {
  const now = await findWebhook(ctx, webhookId)
  if (!now) return noSuchWebhook
  return now.pausedReason === 'by_admin' ? addressStays : addressStopped
}

/** Without its query, which may hold what opens the receiver. */
const bare = sql`substr(url, 1, instr(url || '?', '?') - 1)`
