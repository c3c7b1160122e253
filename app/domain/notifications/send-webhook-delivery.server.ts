// Makes one attempt to deliver one webhook. An endpoint that failed several times in a row is left in peace for a while:
// what is due meanwhile waits, without being counted.
import { eq } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { named, namedOrNull } from '~db/columns'
import { deliveries, events, webhookEndpoints } from '~db/schema'
import { claimStatement, type DeliveryAttempt, type Finish, finishAttempt } from './delivery-attempt.server'
import { pausedProblem } from './plan-webhook-deliveries.server'
import { webhookName } from './webhook'
import { webhookAddressProblem } from './webhook-address'
import type { WebhookAnswer, WebhookTools } from './webhook-message'
import { finishWebhookAttempt, problemOf } from './webhook-outcome.server'
import { webhookBody } from './webhook-payload'
import { maxWebhookAttempts, webhookRetrySeconds } from './webhook-retries'

type Context = DomainContext<SystemActor>

const quietProblem = 'The receiver fails. It is left in peace for a while.'

export async function sendWebhookDelivery(
  ctx: Context,
  deliveryId: Id<'dlv'>,
  tools: WebhookTools,
): Promise<DeliveryAttempt> {
  const [claims, rows] = await ctx.db.batch([
    claimStatement(ctx, deliveryId, 'webhook'),
    factsQuery(ctx, deliveryId),
  ])
  const [claim, facts] = [claims[0], rows[0]]
  if (!claim || !facts) return { outcome: 'not_claimed' }
  const { attempts } = claim
  const finish = (how: Finish) => finishAttempt(ctx, deliveryId, attempts, how)

  const { webhookId, url, state, event } = facts
  if (webhookId === null || url === null)
    return finish({ state: 'sent', notNeeded: 'The webhook was deleted.' })
  const isTest = event.type === 'webhook.tested'
  if (state === 'paused' && !isTest) return finish({ state: 'failed', error: pausedProblem })
  // A consumer that dies at each attempt must not go on for ever.
  if (attempts > maxWebhookAttempts) return finish({ state: 'dead', error: 'Every attempt was interrupted.' })
  const quietMs = isTest ? 0 : (facts.quietUntil ?? 0) - ctx.now
  if (quietMs > 0) {
    // Up to half a minute more, so that what waits does not come back together.
    const retryInSeconds = Math.ceil(quietMs / 1000 + Math.random() * 30)
    return finish({ state: 'pending', error: quietProblem, retryInSeconds, uncounted: true })
  }
  const refused = webhookAddressProblem(url, ctx)
  if (refused) return finish({ state: 'failed', error: refused })
  const secrets = await openSecrets(ctx, facts)
  if (!secrets) return finish(later('The vault cannot open the secret of this webhook.', attempts, isTest))

  const body = webhookBody(event, facts.organizationId === null ? 'portal' : 'organization')
  const answer = await tools.post({
    url,
    id: facts.eventId,
    timestamp: Math.floor(ctx.now / 1000),
    body,
    secrets,
  })
  return finishWebhookAttempt(
    ctx,
    {
      deliveryId,
      attempts,
      webhookId,
      organizationId: facts.organizationId,
      name: webhookName({ url, description: facts.description ?? '' }),
      isTest,
      body,
    },
    answer,
    finishFor(answer, attempts, isTest),
  )
}

function finishFor(answer: WebhookAnswer, attempts: number, isTest: boolean): Finish {
  const { status, retryAfterSeconds } = answer
  if (status !== null && status >= 200 && status < 300) return { state: 'sent' }
  const problem = problemOf(answer)
  if (status === 410) return { state: 'failed', error: problem }
  return later(problem, attempts, isTest, status === 429 || status === 503 ? retryAfterSeconds : null)
}

/** Who tests an endpoint sees at once how it went, and tests again. */
function later(
  error: string,
  attempts: number,
  isTest: boolean,
  retryAfterSeconds: number | null = null,
): Finish {
  if (isTest) return { state: 'failed', error }
  const retryInSeconds = webhookRetrySeconds(attempts, retryAfterSeconds)
  return retryInSeconds === null ? { state: 'dead', error } : { state: 'pending', error, retryInSeconds }
}

async function openSecrets(ctx: Context, facts: Facts): Promise<string[] | null> {
  const { webhookId, secretCipher, previousSecretCipher, previousSecretUntil } = facts
  if (webhookId === null || secretCipher === null) return null
  const sealed = [secretCipher]
  if (previousSecretCipher !== null && (previousSecretUntil ?? 0) > ctx.now) sealed.push(previousSecretCipher)
  try {
    return await Promise.all(sealed.map((text) => ctx.vault.open(text, webhookId)))
  } catch {
    return null
  }
}

type Facts = Awaited<ReturnType<typeof factsQuery>>[number]

function factsQuery(ctx: Context, deliveryId: Id<'dlv'>) {
  return ctx.db
    .select({
      eventId: named(events.id, 'event_id_told'),
      event: {
        type: named(events.type, 'event_type'),
        actorType: events.actorType,
        actorId: events.actorId,
        subjectType: events.subjectType,
        subjectId: events.subjectId,
        organizationId: named(events.organizationId, 'event_organization_id'),
        appId: events.appId,
        data: named(events.data, 'event_data'),
        createdAt: named(events.createdAt, 'event_created_at'),
      },
      webhookId: namedOrNull(webhookEndpoints.id, 'webhook_id'),
      organizationId: namedOrNull(webhookEndpoints.organizationId, 'webhook_organization_id'),
      url: webhookEndpoints.url,
      description: webhookEndpoints.description,
      state: namedOrNull(webhookEndpoints.state, 'webhook_state'),
      secretCipher: webhookEndpoints.secretCipher,
      previousSecretCipher: webhookEndpoints.previousSecretCipher,
      previousSecretUntil: webhookEndpoints.previousSecretUntil,
      quietUntil: webhookEndpoints.quietUntil,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(webhookEndpoints, eq(webhookEndpoints.id, deliveries.recipientKey))
    .where(eq(deliveries.id, deliveryId))
    .limit(1)
}
