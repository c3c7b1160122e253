// The portal's own webhooks over the API. A signing secret is in the answer that made it, and nowhere else.
import { z } from 'zod'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { eventTypes } from '~/domain/kernel/events'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { addWebhook } from '~/domain/notifications/add-webhook.server'
import { deleteWebhook } from '~/domain/notifications/delete-webhook.server'
import { editWebhook } from '~/domain/notifications/edit-webhook.server'
import { pauseWebhook } from '~/domain/notifications/pause-webhook.server'
import { getWebhook, listWebhookPage, type Webhook } from '~/domain/notifications/queries-webhooks.server'
import { resumeWebhook } from '~/domain/notifications/resume-webhook.server'
import { rotateWebhookSecret } from '~/domain/notifications/rotate-webhook-secret.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import { type WebhookInput, webhookInput } from '~/domain/notifications/webhook'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { webhookTools } from '~/platform/webhook-tools'
import { asTyped, given, listAnswer, listOf, listQuery, pageOf, time, timeOrNull, timeSchema } from './lists'

const webhook = z.strictObject({
  id: idSchema('whk'),
  url: z.string(),
  description: z.string(),
  events: z.enum(['all', 'chosen']).describe('`chosen`: those of `event_types`.'),
  event_types: z.array(z.enum(eventTypes)),
  state: z.enum(['active', 'paused']),
  paused_reason: z
    .enum(['by_hand', 'failing', 'gone', 'by_admin'])
    .nullable()
    .describe('`failing`: for more than a day. `gone`: the receiver answered 410.'),
  paused_at: timeSchema.nullable(),
  failures: z.int().describe('Attempts that failed since the last one that did not.'),
  failing_since: timeSchema.nullable(),
  previous_secret_until: timeSchema.nullable().describe('Until then the secret before signs as well.'),
  created_at: timeSchema,
})
const answer = { name: 'Webhook', schema: webhook }

const withSecret = {
  name: 'WebhookWithSecret',
  schema: webhook.extend({
    secret: z
      .string()
      .nullable()
      .describe('Shown this one time; null when this answer is given again under its Idempotency-Key.'),
  }),
}

const { url, description, events, eventTypes: types } = webhookInput.shape
const changes = z.object({
  url: url.optional(),
  description: description.unwrap().optional(),
  events: events.optional(),
  eventTypes: types.unwrap().optional(),
})

const path = '/webhooks/{webhook_id}'
const tag = 'webhooks'
const read = { tag, scope: 'webhooks:read' } as const
const write = { tag, scope: 'webhooks:write' } as const

export const webhookOperations = [
  operation({
    ...read,
    id: 'listWebhooks',
    method: 'GET',
    path: '/webhooks',
    summary: 'List the portal’s webhooks, newest first',
    query: listQuery({}),
    answer: { name: 'WebhookList', schema: listOf(webhook) },
    run: async (ctx, { query }) => ok(listAnswer(await listWebhookPage(ctx, pageOf(query)), toAnswer)),
  }),
  operation({
    ...write,
    id: 'createWebhook',
    method: 'POST',
    path: '/webhooks',
    summary: 'Add a webhook of the portal',
    description:
      'Answers its signing secret, this one time. Who lost the answer rotates the secret for another one.',
    body: bodyOf('CreateWebhook', webhookInput),
    status: 201,
    answer: withSecret,
    shownOnce: 'secret',
    errors: ['conflict'],
    async run(ctx, { body }) {
      const input = whole(body)
      if (!input.ok) return input
      const added = await addWebhook(ctx, input.value)
      if (!added.ok) return added
      const { webhookId, secret } = added.value
      return ok({ ...(await one(ctx, webhookId)), secret })
    },
  }),
  operation({
    ...read,
    id: 'getWebhook',
    method: 'GET',
    path,
    summary: 'Get a webhook of the portal',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.webhook_id)),
  }),
  operation({
    ...write,
    id: 'editWebhook',
    method: 'PATCH',
    path,
    summary: 'Change the address, the description or the events of a webhook',
    description:
      'What is left out stays as it is; `event_types` alone means the `chosen` ones. The secret stays.',
    body: bodyOf('EditWebhook', changes),
    answer,
    async run(ctx, { ids, body }) {
      const now = await getWebhook(ctx, ids.webhook_id)
      const wanted = given(body)
      // Nothing to change is no change, and no event.
      if (Object.keys(wanted).length === 0) return ok(toAnswer(now))
      const input = whole({ ...stored(now, wanted), ...wanted })
      if (!input.ok) return input
      return changed(ctx, ids.webhook_id, await editWebhook(ctx, ids.webhook_id, input.value))
    },
  }),
  operation({
    ...write,
    id: 'deleteWebhook',
    method: 'DELETE',
    path,
    summary: 'Delete a webhook, with its log',
    description: 'What still waits to be sent to it is not sent.',
    async run(ctx, { ids }) {
      const deleted = await deleteWebhook(ctx, ids.webhook_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'pauseWebhook',
    method: 'POST',
    path: `${path}/pause`,
    summary: 'Pause a webhook',
    description: 'What happens meanwhile is kept for 30 days and can be sent after it was resumed.',
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids }) => changed(ctx, ids.webhook_id, await pauseWebhook(ctx, ids.webhook_id)),
  }),
  operation({
    ...write,
    id: 'resumeWebhook',
    method: 'POST',
    path: `${path}/resume`,
    summary: 'Let a paused webhook go on, as if it had never failed',
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids }) => changed(ctx, ids.webhook_id, await resumeWebhook(ctx, ids.webhook_id)),
  }),
  operation({
    ...write,
    id: 'rotateWebhookSecret',
    method: 'POST',
    path: `${path}/rotate-secret`,
    summary: 'Give a webhook a new signing secret',
    description: 'Answers it, this one time. The secret before signs as well for a day.',
    answer: withSecret,
    shownOnce: 'secret',
    errors: ['conflict'],
    async run(ctx, { ids }) {
      const rotated = await rotateWebhookSecret(ctx, ids.webhook_id)
      if (!rotated.ok) return rotated
      return ok({ ...(await one(ctx, ids.webhook_id)), secret: rotated.value.secret })
    },
  }),
  operation({
    ...write,
    id: 'testWebhook',
    method: 'POST',
    path: `${path}/test`,
    summary: 'Send a test event to a webhook, paused or not',
    description: 'Waits for the receiver, 15 seconds at most. Ten tests a minute for each webhook.',
    answer: {
      name: 'WebhookTest',
      schema: z.strictObject({
        delivery_id: idSchema('dlv'),
        sent: z.boolean().describe('The receiver took it. If not, it is tried again like every delivery.'),
      }),
    },
    async run(ctx, { ids }) {
      const tested = await testWebhook(ctx, ids.webhook_id, webhookTools)
      return tested.ok ? ok({ delivery_id: tested.value.deliveryId, sent: tested.value.sent }) : tested
    },
  }),
]

function whole(values: WebhookInput): Result<WebhookInput> {
  if (values.events === 'all' && values.eventTypes.length > 0)
    return fail(fieldError('eventTypes', 'All events are sent. Choose `chosen` to send these alone.'))
  return asTyped(webhookInput, values)
}

/** What it is now, as the form would show it beside what is wanted. */
function stored(now: Webhook, wanted: Partial<WebhookInput>): WebhookInput {
  const chosen = !now.allEvents || wanted.eventTypes !== undefined
  return {
    url: now.url,
    description: now.description,
    events: chosen ? 'chosen' : 'all',
    eventTypes: wanted.events === 'all' ? [] : now.eventTypes,
  }
}

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, webhookId: Id<'whk'>) {
  return toAnswer(await getWebhook(ctx, webhookId))
}

async function changed(ctx: DomainContext<AdminActor>, webhookId: Id<'whk'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, webhookId)) : result
}

function toAnswer(row: Webhook): z.output<typeof webhook> {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.allEvents ? 'all' : 'chosen',
    event_types: row.eventTypes,
    state: row.state,
    paused_reason: row.pausedReason,
    paused_at: timeOrNull(row.pausedAt),
    failures: row.failures,
    failing_since: timeOrNull(row.failingSince),
    previous_secret_until: timeOrNull(row.previousSecretUntil),
    created_at: time(row.createdAt),
  }
}
