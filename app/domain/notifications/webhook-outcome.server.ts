// Writes how an attempt at a webhook went, in one batch: what was sent and answered, how its endpoint does (it may be paused,
// and its owner told), and the delivery. All of it holds only while this attempt has the claim, so writing it twice is
// writing it once.
import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'
import { webhookAttempts, webhookEndpoints } from '~db/schema'
import { type DeliveryAttempt, type Finish, finishStatement, outcomeOf } from './delivery-attempt.server'
import type { WebhookAnswer } from './webhook-message'
import {
  pauseAfterFailures,
  pauseAfterMs,
  quietAfterFailures,
  quietDoublings,
  quietMs,
} from './webhook-retries'

type Context = DomainContext<SystemActor>

export type AttemptedWebhook = {
  deliveryId: Id<'dlv'>
  attempts: number
  webhookId: Id<'whk'>
  organizationId: OrganizationId | null
  name: string
  isTest: boolean
  body: string
}

/** A write that fails is repeated at once: nobody should be sent the same twice because of it. */
const writes = 3

export async function finishWebhookAttempt(
  ctx: Context,
  it: AttemptedWebhook,
  answer: WebhookAnswer,
  finish: Finish,
): Promise<DeliveryAttempt> {
  const { deliveryId, attempts } = it
  const mine = sql`exists (select 1 from deliveries d where d.id = ${deliveryId} and d.state = 'sending'
    and d.claimed_at = ${ctx.now} and d.attempts = ${attempts})`
  const paused = pauseEvent(ctx, it, answer, mine)
  const batch = () =>
    ctx.db.batch([
      paused.statement.returning({ id: sql<string>`id` }),
      endpointStatement(ctx, it, answer, mine),
      ctx.db.insert(webhookAttempts).select(
        sql`select ${deliveryId} as delivery_id,
          (select coalesce(max(a.attempt), 0) + 1 from webhook_attempts a where a.delivery_id = ${deliveryId}) as attempt,
          ${it.body} as request_body, ${answer.status} as response_status, ${answer.body} as response_body,
          ${answer.durationMs} as duration_ms, ${ctx.now} as created_at, ${answer.error} as error where ${mine}`,
      ),
      finishStatement(ctx, deliveryId, attempts, finish),
    ])
  for (let write = 1; ; write += 1) {
    try {
      const [told] = await batch()
      if (told[0]) ctx.announce(paused.id)
      return outcomeOf(finish)
    } catch (error) {
      if (write === writes) throw error
    }
  }
}

/** Whether this failure, on top of those of `webhook_endpoints`, pauses the endpoint. */
function pauses(ctx: Context, answer: WebhookAnswer): SQL {
  if (answer.status === 410) return sql`webhook_endpoints.state = 'active'`
  return sql`(webhook_endpoints.state = 'active' and webhook_endpoints.failures + 1 >= ${pauseAfterFailures}
    and webhook_endpoints.failing_since <= ${ctx.now - pauseAfterMs})`
}

function isFailure(it: AttemptedWebhook, { status }: WebhookAnswer): boolean {
  return !it.isTest && (status === null || status < 200 || status >= 300)
}

function pauseEvent(ctx: Context, it: AttemptedWebhook, answer: WebhookAnswer, mine: SQL) {
  const { webhookId, organizationId, name } = it
  return recordEvent(
    ctx,
    {
      type: 'webhook.paused',
      subjectType: 'webhook',
      subjectId: webhookId,
      organizationId,
      data: {
        name,
        owner: organizationId === null ? 'portal' : 'organization',
        reason: answer.status === 410 ? 'gone' : 'failing',
        lastError: problemOf(answer),
      },
    },
    isFailure(it, answer)
      ? sql`${mine} and exists (select 1 from webhook_endpoints where webhook_endpoints.id = ${webhookId} and ${pauses(ctx, answer)})`
      : sql`0`,
  )
}

function endpointStatement(ctx: Context, it: AttemptedWebhook, answer: WebhookAnswer, mine: SQL) {
  const update = ctx.db.update(webhookEndpoints)
  const here = eq(webhookEndpoints.id, it.webhookId)
  if (!isFailure(it, answer)) {
    return update
      .set({ failures: 0, failingSince: null, quietUntil: null })
      .where(and(here, gt(webhookEndpoints.failures, 0), it.isTest ? sql`0` : mine))
  }
  const pausing = pauses(ctx, answer)
  const failures = sql`${webhookEndpoints.failures} + 1`
  return update
    .set({
      failures,
      failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${ctx.now})`,
      quietUntil: sql`case when ${failures} >= ${quietAfterFailures}
        then ${ctx.now} + (${quietMs} << min(${failures} - ${quietAfterFailures}, ${quietDoublings})) end`,
      state: sql`case when ${pausing} then 'paused' else ${webhookEndpoints.state} end`,
      pausedReason: sql`case when ${pausing} then ${answer.status === 410 ? 'gone' : 'failing'} else ${webhookEndpoints.pausedReason} end`,
      pausedAt: sql`case when ${pausing} then ${ctx.now} else ${webhookEndpoints.pausedAt} end`,
    })
    .where(and(here, mine))
}

/** In words for people: what the receiver wrote is in the log of attempts, not here. */
export function problemOf({ status, error }: WebhookAnswer): string {
  if (status === null) return error ?? 'There was no answer.'
  if (status === 410) return 'The receiver answered 410 Gone.'
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}, which leads elsewhere and is not followed.`
  return `The receiver answered ${status}.`
}
