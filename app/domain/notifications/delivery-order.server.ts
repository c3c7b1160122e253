// Mails that say how a thing stands now reach a person in the order in which it happened: a later one about the same thing
// does not overtake an earlier one that waits for its repetition. Every other mail goes as soon as it can.
import { sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventId, Id } from '~/domain/kernel/ids'
import { deliveries, events } from '~db/schema'
import type { MailTemplate } from './notifications'

/**
 * Not those that guard an account or answer a stranger: a password that was changed is told at once, whatever waits. What
 * is given up, failed or cancelled holds nothing up.
 */
const inOrder: readonly MailTemplate[] = [
  'user_activated',
  'user_rejected',
  'user_deactivated',
  'organization_approved',
  'organization_rejected',
  'organization_frozen',
  'organization_unfrozen',
  'member_role_changed',
  'member_removed',
  'access_approved',
  'access_rejected',
  'credential_limited',
  'credential_revoked',
  'credential_expiring',
  'credential_expired',
  'app_created',
  'app_frozen',
  'app_unfrozen',
  'app_transferred',
  'app_deleted',
]

export function isInOrder(template: MailTemplate): boolean {
  return inOrder.includes(template)
}

const templates = sql`(select value from json_each(${JSON.stringify(inOrder)}))`

const waitsForEarlier = 'It waits for an earlier mail to the same person about the same thing.'

/** Ids of events sort by time, so that no clock is asked which is the earlier one. */
function isEarlier(earlier: string, later: string) {
  const [a, b] = [sql.identifier(earlier), sql.identifier(later)]
  return sql`${a}.channel = 'email' and ${a}.recipient_key = ${b}.recipient_key and ${a}.event_id < ${b}.event_id
    and ${a}.template in ${templates} and ${b}.template in ${templates}
    and (select subject_id from events where id = ${a}.event_id) = (select subject_id from events where id = ${b}.event_id)`
}

/** A provider that is down for longer would add up its delays, one mail after the other. */
const holdMs = 24 * 3600_000

/** Of a row of `deliveries`: nothing earlier is on its way. */
export function nothingEarlierWaits({ now }: { now: number }) {
  return sql`not exists (select 1 from deliveries earlier where earlier.state in ('pending', 'sending')
    and earlier.created_at > ${now - holdMs} and ${isEarlier('earlier', 'deliveries')})`
}

/** Has what may not be sent yet wait for as long as the one before it, so that nobody asks in vain. Goes after the claim. */
export function holdStatement(ctx: DomainContext<SystemActor>, deliveryId: Id<'dlv'>) {
  return ctx.db
    .update(deliveries)
    .set({
      nextAttemptAt: sql`coalesce((select max(earlier.next_attempt_at, ${ctx.now}) from deliveries earlier
        where earlier.state in ('pending', 'sending') and ${isEarlier('earlier', 'deliveries')}
        order by earlier.event_id limit 1), ${deliveries.nextAttemptAt})`,
      lastError: waitsForEarlier,
    })
    .where(
      sql`${deliveries.id} = ${deliveryId} and ${deliveries.state} = 'pending' and ${deliveries.nextAttemptAt} <= ${ctx.now}
        and not ${nothingEarlierWaits(ctx)}`,
    )
}

/** What waited for this one is due now. Goes after the statement that ends it; answers the events to announce. */
export function releaseStatement(ctx: Pick<DomainContext, 'db' | 'now'>, deliveryId: Id<'dlv'>) {
  return ctx.db
    .update(deliveries)
    .set({ nextAttemptAt: ctx.now, lastError: null })
    .where(
      sql`${deliveries.state} = 'pending' and ${deliveries.lastError} = ${waitsForEarlier} and ${nothingEarlierWaits(ctx)}
        and ${deliveries.recipientKey} = (select recipient_key from deliveries where id = ${deliveryId})
        and exists (select 1 from deliveries ended where ended.id = ${deliveryId}
          and ended.state not in ('pending', 'sending') and ${isEarlier('ended', 'deliveries')})`,
    )
    .returning({ eventId: deliveries.eventId })
}

/** Earlier events of the same subject that nobody planned yet: their mails have to be known before a later one leaves. */
export function unplannedBeforeQuery(ctx: Pick<DomainContext, 'db'>, eventId: EventId) {
  return ctx.db
    .select({ id: events.id })
    .from(events)
    .where(
      sql`${events.plannedAt} is null and ${events.id} < ${eventId}
        and ${events.subjectId} = (select e.subject_id from events e where e.id = ${eventId})`,
    )
    .orderBy(events.id)
    .limit(20)
}
