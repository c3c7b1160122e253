// Deliveries over the API: what was to be sent, how it went, and what an admin does about it.
import { z } from 'zod'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { eventTypes } from '~/domain/kernel/events'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { cancelDelivery } from '~/domain/notifications/cancel-delivery.server'
import { deliveryChannels } from '~/domain/notifications/deliveries'
import { deliveryStatuses } from '~/domain/notifications/delivery-list'
import {
  type DeliveryRow,
  getDelivery,
  listDeliveries,
} from '~/domain/notifications/queries-deliveries.server'
import { retryDelivery } from '~/domain/notifications/retry-delivery.server'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { operation } from '~/platform/api-operation'
import { deliveryRecipient } from '~/platform/delivery-rows'
import {
  daysFilter,
  daysOf,
  listAnswer,
  listOf,
  listQuery,
  pageOf,
  searchFilter,
  time,
  timeOrNull,
  timeSchema,
} from './lists'

const delivery = z.strictObject({
  id: idSchema('dlv'),
  event_id: idSchema('evt'),
  event_type: z.enum(eventTypes),
  channel: z.enum(deliveryChannels),
  recipient: z.string().describe('An email address, or the name of a webhook or a gateway.'),
  template: z.string().describe('The kind of mail, or what is sent.'),
  state: z.enum(deliveryStatuses),
  attempts: z.int(),
  next_attempt_at: timeSchema.nullable().describe('While it waits.'),
  last_error: z.string().nullable(),
  sent_at: timeSchema
    .nullable()
    .describe('Null while it is not sent, and when it turned out not to be needed.'),
  created_at: timeSchema,
})
const answer = { name: 'Delivery', schema: delivery }

const path = '/deliveries/{delivery_id}'
const tag = 'deliveries'
const read = { tag, scope: 'deliveries:read' } as const
const write = { tag, scope: 'deliveries:write' } as const

export const deliveryOperations = [
  operation({
    ...read,
    id: 'listDeliveries',
    method: 'GET',
    path: '/deliveries',
    summary: 'List deliveries, newest first',
    query: listQuery({
      state: z.enum(deliveryStatuses).optional(),
      channel: z.enum(deliveryChannels).optional(),
      ...daysFilter,
      q: searchFilter.describe('The beginning of an address.'),
    }),
    answer: { name: 'DeliveryList', schema: listOf(delivery) },
    async run(ctx, { query }) {
      const page = await listDeliveries(ctx, {
        state: query.state ?? null,
        channel: query.channel ?? null,
        ...daysOf(query),
        page: pageOf(query),
      })
      return ok(listAnswer(page, toAnswer))
    },
  }),
  operation({
    ...read,
    id: 'getDelivery',
    method: 'GET',
    path,
    summary: 'Get a delivery',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.delivery_id)),
  }),
  operation({
    ...write,
    id: 'retryDelivery',
    method: 'POST',
    path: `${path}/retry`,
    summary: 'Try a delivery now that waits for its next attempt',
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids }) => changed(ctx, ids.delivery_id, await retryDelivery(ctx, ids.delivery_id)),
  }),
  operation({
    ...write,
    id: 'cancelDelivery',
    method: 'POST',
    path: `${path}/cancel`,
    summary: 'Call a delivery off that waits',
    description: 'Mails that guard an account or a key cannot be called off.',
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids }) => changed(ctx, ids.delivery_id, await cancelDelivery(ctx, ids.delivery_id)),
  }),
  operation({
    ...write,
    id: 'sendDeliveryAgain',
    method: 'POST',
    path: `${path}/send-again`,
    summary: 'Send a delivery again that failed or was given up',
    answer,
    errors: ['conflict'],
    async run(ctx, { ids }) {
      const sent = await sendDeliveryAgain(ctx, ids.delivery_id)
      return sent.ok ? ok(await one(ctx, sent.value.deliveryId)) : sent
    },
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, deliveryId: Id<'dlv'>) {
  return toAnswer((await getDelivery(ctx, deliveryId)).delivery)
}

async function changed(ctx: DomainContext<AdminActor>, deliveryId: Id<'dlv'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, deliveryId)) : result
}

function toAnswer(row: DeliveryRow): z.output<typeof delivery> {
  return {
    id: row.id,
    event_id: row.eventId,
    event_type: row.eventType,
    channel: row.channel,
    recipient: deliveryRecipient(row),
    template: row.template,
    state: row.cancelledAt === null ? row.state : 'cancelled',
    attempts: row.attempts,
    next_attempt_at: row.state === 'pending' ? time(row.nextAttemptAt) : null,
    last_error: row.lastError,
    sent_at: timeOrNull(row.sentAt),
    created_at: time(row.createdAt),
  }
}
