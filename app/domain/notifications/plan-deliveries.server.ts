// Works out who is told of an event, once: one row per event, channel and recipient. Of two consumers that plan the same
// event one writes its rows.
import { and, eq, inArray, not, or, type SQL, sql } from 'drizzle-orm'
import { canStop } from '~/domain/accounts/mail-choices'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type EventId, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import type { Settings } from '~/domain/settings/settings'
import { deliveries, events, users } from '~db/schema'
import { isInOrder, unplannedBeforeQuery } from './delivery-order.server'
import { nextDigestAt } from './digest'
import { type Audience, type MailRule, mailKind, mailRuleFor, otherAddress } from './notifications'
import { gatewayDeliveriesStatement } from './plan-gateway-deliveries.server'
import { webhookDeliveriesStatement } from './plan-webhook-deliveries.server'

type StoredEvent = typeof events.$inferSelect
type PlannedDelivery = {
  channel: 'email' | 'digest'
  recipientKey: string
  template: string
  /** Left out for now. */
  dueAt?: number
}

/** Plans an event that is not planned yet. `not_found` for an id of no event. */
export async function planDeliveries(
  ctx: DomainContext<SystemActor>,
  eventId: EventId,
): Promise<Result<null>> {
  const [eventRows, settingsRows, before] = await ctx.db.batch([
    ctx.db.select().from(events).where(eq(events.id, eventId)).limit(1),
    settingsQuery(ctx.db),
    unplannedBeforeQuery(ctx, eventId),
  ])
  const event = eventRows[0]
  if (!event) return fail(domainError('not_found', 'There is no such event.'))
  if (event.plannedAt !== null) return ok(null)
  const rule = mailRuleFor(event.type, event.data)
  if (rule && isInOrder(rule.template)) for (const { id } of before) await planDeliveries(ctx, id)

  const rows = (await mailsFor(ctx, event, settingsOf(settingsRows))).map((planned) => ({
    id: newId('dlv', ctx.now),
    ...planned,
  }))
  const keys = gatewayDeliveriesStatement(ctx, event)
  const webhooks = webhookDeliveriesStatement(ctx, event)
  const value = (path: string) => sql`json_extract(value, ${path})`
  await ctx.db.batch([
    ctx.db
      .insert(deliveries)
      .select(
        sql`select ${value('$.id')} as id, ${event.id} as event_id, ${value('$.channel')} as channel,
          ${value('$.recipientKey')} as recipient_key, ${value('$.template')} as template, 'pending' as state, 0 as attempts,
          null as claimed_at, coalesce(${value('$.dueAt')}, ${ctx.now}) as next_attempt_at, null as last_error, null as sent_at, ${ctx.now} as created_at, null as cancelled_at
          from json_each(${JSON.stringify(rows)})
          where exists (select 1 from events e where e.id = ${event.id} and e.planned_at is null)`,
      )
      .onConflictDoNothing(),
    ...(keys ? [keys] : []),
    ...(webhooks ? [webhooks] : []),
    ctx.db.update(events).set({ plannedAt: ctx.now }).where(eq(events.id, event.id)),
  ])
  return ok(null)
}

async function mailsFor(
  ctx: DomainContext<SystemActor>,
  event: StoredEvent,
  settings: Settings,
): Promise<PlannedDelivery[]> {
  const rule = mailRuleFor(event.type, event.data)
  if (!rule) return []
  const toAddress = rule.audiences.includes('admins') ? settings.notificationAddress : null
  const [first] = rule.audiences
  if (first === 'new_address' || first === 'old_address') {
    const recipientKey = otherAddress[first](event.subjectId)
    return [{ channel: 'email', recipientKey, template: rule.template }]
  }
  const { template } = rule
  if (toAddress) return [{ channel: 'email', recipientKey: emailKey(toAddress), template }]
  return (await recipientsOf(ctx, event, rule)).map(({ id: recipientKey, daily }) =>
    daily
      ? { channel: 'digest', recipientKey, template, dueAt: nextDigestAt(ctx.now) }
      : { channel: 'email', recipientKey, template },
  )
}

/** What is for the admins and no one of them wants goes to all of them: somebody has to know. */
async function recipientsOf(
  ctx: DomainContext<SystemActor>,
  event: StoredEvent,
  rule: MailRule,
): Promise<{ id: string; daily: boolean }[]> {
  const kind = mailKind(rule.template)
  const choice = kind?.choice
  const rows = await ctx.db
    .select({
      id: users.id,
      wants: choice && canStop(choice) ? users[choice] : sql<boolean>`1`.mapWith(Boolean),
      dailyMails: users.dailyMails,
    })
    .from(users)
    .where(
      and(
        or(...rule.audiences.map((audience) => inAudience(audience, event))),
        inArray(users.state, kind?.recipientStates ?? []),
        rule.requesterClicked ? not(inAudience('requester', event)) : undefined,
      ),
    )
  const others = rows.filter(({ id }) => kind?.alsoToActor || id !== event.actorId)
  const wanting = others.filter(({ wants }) => wants)
  const told = wanting.length === 0 && rule.audiences.includes('admins') ? others : wanting
  return told.map(({ id, wants, dailyMails }) => ({
    id,
    daily: wants && choice !== undefined && dailyMails.includes(choice),
  }))
}

function inAudience(audience: Audience, event: StoredEvent): SQL {
  switch (audience) {
    case 'subject':
      return sql`${users.id} = ${event.subjectId}`
    case 'admins':
      return sql`${users.role} = 'admin'`
    case 'requester':
      return sql`${users.id} in (select requester_id from access_requests where id = ${event.subjectId} and requester_id is not null
        union all select requested_by_id from organizations where id = ${event.subjectId} and requested_by_id is not null)`
    case 'app_owner':
      return sql`${users.id} = (select owner_id from apps where id = ${event.appId})`
    case 'named_owners':
      return sql`${users.id} in (${event.data['ownerId'] ?? null}, ${event.data['ownerIdBefore'] ?? null})`
    case 'app_owners':
      return sql`${users.id} in (select owner_id from apps where organization_id = ${event.organizationId})`
    case 'new_address':
    case 'old_address':
      return sql`0`
    case 'super_admins':
      return sql`(${users.organizationId} = ${event.organizationId} and ${users.orgRole} = 'super_admin')`
  }
}
