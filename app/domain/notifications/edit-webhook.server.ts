// Changes where an endpoint's webhooks go and which events it is sent. The secret stays: it signs, and opens nothing.
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { type WebhookInput, type WebhookOwner, webhookName, webhookScope } from './webhook'
import { webhookAddressProblem } from './webhook-address'
import { chosenTypesOf } from './webhook-secret'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'

export async function editWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  input: WebhookInput,
): Promise<Result<{ name: string }>> {
  const problem = webhookAddressProblem(input.url, ctx)
  if (problem) return fail(fieldError('url', problem))
  const chosen = chosenTypesOf(input, webhookScope(ctx.actor))
  if (!chosen.ok) return chosen
  const name = webhookName(input)
  const changed = await changeWebhook(ctx, webhookId, {
    type: 'webhook.changed',
    data: { name },
    set: { url: input.url, description: input.description, ...chosen.value },
  })
  return changed ? ok({ name }) : fail(noSuchWebhook)
}
