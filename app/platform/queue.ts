// The queue of events: a message carries an event's id and nothing else, or that of one webhook as well. Each message is
// answered for itself, so that one that fails holds up no other; a repeated one finds its work done.
import { z } from 'zod'
import { type EventId, type Id, idSchema } from '~/domain/kernel/ids'
import { buryDeliveries } from '~/domain/notifications/bury-deliveries.server'
import { longestRetrySeconds, retryDelaySeconds } from '~/domain/notifications/deliveries'
import { planDeliveries } from '~/domain/notifications/plan-deliveries.server'
import { listDueDeliveries, listDueGatewayDeliveries } from '~/domain/notifications/queries.server'
import { sendDelivery } from '~/domain/notifications/send-delivery.server'
import { sendGatewayDelivery } from '~/domain/notifications/send-gateway-delivery.server'
import { sendWebhookDelivery } from '~/domain/notifications/send-webhook-delivery.server'
import { longestMessageDelaySeconds } from '~/domain/notifications/webhook-retries'
import { gatewayTeller } from './gateway-tools'
import { logError, logWarning } from './log'
import { mailTools } from './mailer'
import { sealSome } from './seal-audit-log'
import { systemContext } from './system-context'
import { tellOfEvent } from './tell-records'
import { webhookTools } from './webhook-tools'

/** With `deliveryId`, the webhook that it names is sent; without, whatever else the event calls for. */
export type EventMessage = { version: 1; eventId: EventId; deliveryId?: Id<'dlv'> }

const messageSchema = z.object({
  version: z.literal(1),
  eventId: idSchema('evt'),
  deliveryId: idSchema('dlv').optional(),
})

/** What `sendBatch` takes at once: Cloudflare Queues, limits. */
const messagesPerCall = 100

/** Half of a batch at a time: an invocation has six connections. */
const messagesAtOnce = 5

/** Losing this call loses nothing: the cron finds events that nobody has read. */
export async function enqueueEvents(env: Env, eventIds: EventId[]): Promise<void> {
  await enqueue(
    env,
    eventIds.map((eventId) => ({ version: 1, eventId })),
  )
}

async function enqueue(env: Env, messages: EventMessage[]): Promise<void> {
  for (let start = 0; start < messages.length; start += messagesPerCall) {
    const some = messages.slice(start, start + messagesPerCall)
    try {
      await env.EVENTS.sendBatch(some.map((body) => ({ body })))
    } catch (error) {
      logError('event_not_enqueued', error, { events: some.length })
    }
  }
}

export async function handleQueue(batch: MessageBatch, env: Env): Promise<void> {
  const work = batch.queue.endsWith('-dead') ? buryEvent : deliver
  // Webhooks last: a receiver that hangs holds up no mail.
  const isWebhook = ({ body }: Message) => typeof body === 'object' && body !== null && 'deliveryId' in body
  const messages = [
    ...batch.messages.filter((message) => !isWebhook(message)),
    ...batch.messages.filter(isWebhook),
  ]
  for (let start = 0; start < messages.length; start += messagesAtOnce) {
    const some = messages.slice(start, start + messagesAtOnce)
    await Promise.all(some.map((message) => answer(message, env, work)))
  }
  await sealSome(env)
}

/** Answers the seconds until another try is due, or null when there is nothing left to do. */
type Work = (env: Env, message: EventMessage) => Promise<number | null>

async function answer(message: Message, env: Env, work: Work): Promise<void> {
  const parsed = messageSchema.safeParse(message.body)
  if (!parsed.success) {
    logWarning('message_not_understood', { messageId: message.id })
    message.ack()
    return
  }
  const { eventId } = parsed.data
  try {
    const delaySeconds = await work(env, parsed.data as EventMessage)
    if (delaySeconds === null) message.ack()
    else message.retry({ delaySeconds })
  } catch (error) {
    logError('message_failed', error, { messageId: message.id, eventId, attempts: message.attempts })
    message.retry({ delaySeconds: retryDelaySeconds(message.attempts) })
  }
}

function deliver(env: Env, { eventId, deliveryId }: EventMessage): Promise<number | null> {
  return deliveryId ? deliverWebhook(env, deliveryId) : deliverEvent(env, eventId)
}

async function deliverEvent(env: Env, eventId: EventId): Promise<number | null> {
  const planned = await planDeliveries(systemContext(env), eventId)
  if (!planned.ok) {
    logWarning('event_unknown', { eventId })
    return null
  }
  await tellOfEvent(env, eventId)
  const { mails, webhooks } = await listDueDeliveries(systemContext(env), eventId)
  await enqueue(
    env,
    webhooks.map((deliveryId) => ({ version: 1, eventId, deliveryId })),
  )
  let soonest = await tellGateways(env, eventId)
  for (const deliveryId of mails) {
    const attempt = await sendDelivery(systemContext(env), deliveryId, mailTools(env))
    if (attempt.outcome === 'waiting')
      soonest = Math.min(soonest ?? attempt.retryInSeconds, attempt.retryInSeconds)
    if (attempt.outcome === 'dead' || attempt.outcome === 'failed') {
      logWarning('delivery_given_up', { eventId, deliveryId, outcome: attempt.outcome })
    }
    if ('released' in attempt) await enqueueEvents(env, attempt.released)
  }
  return soonest
}

async function deliverWebhook(env: Env, deliveryId: Id<'dlv'>): Promise<number | null> {
  const ctx = systemContext(env)
  const attempt = await sendWebhookDelivery(ctx, deliveryId, webhookTools)
  await enqueueEvents(env, ctx.announced)
  if (attempt.outcome === 'dead' || attempt.outcome === 'failed')
    logWarning('delivery_given_up', { deliveryId, outcome: attempt.outcome })
  const waits = attempt.outcome === 'waiting' ? attempt.retryInSeconds : null
  return waits !== null && waits <= longestMessageDelaySeconds ? waits : null
}

/** Keys that one message tells of; the next ones get a message of their own. */
const keysPerMessage = 25

/** A gateway that did not answer so many times in a row is left alone until the next message. */
const failuresInARow = 3

async function tellGateways(env: Env, eventId: EventId): Promise<number | null> {
  const due = await listDueGatewayDeliveries(systemContext(env), eventId, keysPerMessage + 1)
  let soonest: number | null = null
  let failures = 0
  for (const deliveryId of due.slice(0, keysPerMessage)) {
    const attempt = await sendGatewayDelivery(systemContext(env), deliveryId, gatewayTeller(env))
    if (attempt.outcome === 'dead' || attempt.outcome === 'failed')
      logWarning('delivery_given_up', { eventId, deliveryId, outcome: attempt.outcome })
    failures = attempt.outcome === 'waiting' ? failures + 1 : 0
    if (attempt.outcome === 'waiting' && attempt.retryInSeconds <= longestRetrySeconds)
      soonest = Math.min(soonest ?? attempt.retryInSeconds, attempt.retryInSeconds)
    if (failures === failuresInARow) return soonest
  }
  if (due.length > keysPerMessage) await enqueueEvents(env, [eventId])
  return soonest
}

async function buryEvent(env: Env, { eventId, deliveryId }: EventMessage): Promise<null> {
  // A webhook waits in its row, and the cron finds it.
  if (deliveryId) return null
  const deliveries = await buryDeliveries(systemContext(env), eventId)
  logWarning('event_dead_lettered', { eventId, deliveries })
  return null
}
