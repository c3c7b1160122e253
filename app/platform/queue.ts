// The queue of events: a message carries an event's id and nothing else. Each message is answered for itself, so that one
// that fails holds up no other; a repeated one finds its work done.
import { z } from 'zod'
import { type EventId, idSchema } from '~/domain/kernel/ids'
import { buryDeliveries } from '~/domain/notifications/bury-deliveries.server'
import { longestRetrySeconds, retryDelaySeconds } from '~/domain/notifications/deliveries'
import { planDeliveries } from '~/domain/notifications/plan-deliveries.server'
import { listDueDeliveries, listDueGatewayDeliveries } from '~/domain/notifications/queries.server'
import { sendDelivery } from '~/domain/notifications/send-delivery.server'
import { sendGatewayDelivery } from '~/domain/notifications/send-gateway-delivery.server'
import { gatewayTeller } from './gateway-tools'
import { logError, logWarning } from './log'
import { mailTools } from './mailer'
import { sealSome } from './seal-audit-log'
import { systemContext } from './system-context'
import { tellOfEvent } from './tell-records'

export type EventMessage = { version: 1; eventId: EventId }

const messageSchema = z.object({ version: z.literal(1), eventId: idSchema('evt') })

/** What `sendBatch` takes at once: Cloudflare Queues, limits. */
const messagesPerCall = 100

/** Half of a batch at a time: an invocation has six connections. */
const messagesAtOnce = 5

/** Losing this call loses nothing: the cron finds events that nobody has read. */
export async function enqueueEvents(env: Env, eventIds: EventId[]): Promise<void> {
  for (let start = 0; start < eventIds.length; start += messagesPerCall) {
    const some = eventIds.slice(start, start + messagesPerCall)
    try {
      await env.EVENTS.sendBatch(
        some.map((eventId) => ({ body: { version: 1, eventId } satisfies EventMessage })),
      )
    } catch (error) {
      logError('event_not_enqueued', error, { events: some.length })
    }
  }
}

export async function handleQueue(batch: MessageBatch, env: Env): Promise<void> {
  const work = batch.queue.endsWith('-dead') ? buryEvent : deliverEvent
  for (let start = 0; start < batch.messages.length; start += messagesAtOnce) {
    const some = batch.messages.slice(start, start + messagesAtOnce)
    await Promise.all(some.map((message) => answer(message, env, work)))
  }
  await sealSome(env)
}

/** Answers the seconds until another try is due, or null when there is nothing left to do. */
type Work = (env: Env, eventId: EventId) => Promise<number | null>

async function answer(message: Message, env: Env, work: Work): Promise<void> {
  const parsed = messageSchema.safeParse(message.body)
  if (!parsed.success) {
    logWarning('message_not_understood', { messageId: message.id })
    message.ack()
    return
  }
  const { eventId } = parsed.data
  try {
    const delaySeconds = await work(env, eventId)
    if (delaySeconds === null) message.ack()
    else message.retry({ delaySeconds })
  } catch (error) {
    logError('message_failed', error, { messageId: message.id, eventId, attempts: message.attempts })
    message.retry({ delaySeconds: retryDelaySeconds(message.attempts) })
  }
}

async function deliverEvent(env: Env, eventId: EventId): Promise<number | null> {
  const planned = await planDeliveries(systemContext(env), eventId)
  if (!planned.ok) {
    logWarning('event_unknown', { eventId })
    return null
  }
  await tellOfEvent(env, eventId)
  let soonest = await tellGateways(env, eventId)
  for (const deliveryId of await listDueDeliveries(systemContext(env), eventId)) {
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

async function buryEvent(env: Env, eventId: EventId): Promise<null> {
  const deliveries = await buryDeliveries(systemContext(env), eventId)
  logWarning('event_dead_lettered', { eventId, deliveries })
  return null
}
