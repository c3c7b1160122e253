// Writes an event in the batch of the change that it tells of. A guarded change hands over its guard, so that a lost race writes nothing.
import { type SQL, sql } from 'drizzle-orm'
import { actorLabel } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { EventData, NewEvent } from '~/domain/kernel/events'
import { type EventId, newEventId } from '~/domain/kernel/ids'
import { events } from './schema'

/**
 * The insert of one event, for a `db.batch`. With `when` (an SQL condition such as "this decision won"), nothing is
 * inserted unless it holds. Call `ctx.announce(id)` after the batch, when the change was made. `before` is read while it is
 * inserted, so it goes before the change: what a field of `data` was, kept under its name and `Before`. `after` is read at
 * the same moment: what only the database can name, as the catalogs of which a form holds ids.
 */
export function recordEvent(
  ctx: DomainContext,
  event: NewEvent,
  when?: SQL,
  before: Record<string, SQL> = {},
  after: Record<string, SQL> = {},
) {
  const id: EventId = newEventId(ctx.now)
  const { actorType, actorId, actorLabel: label } = actorLabel(ctx.actor)
  const statement = ctx.db.insert(events).select(
    sql`select ${id} as id, ${event.type} as type, ${actorType} as actor_type, ${actorId} as actor_id, ${label} as actor_label,
      ${event.subjectType} as subject_type, ${event.subjectId} as subject_id, ${event.organizationId ?? null} as organization_id,
      ${event.appId ?? null} as app_id, ${withRead(JSON.stringify(dataOf(ctx, event)), before, after)} as data, ${ctx.requestId} as request_id,
      ${ctx.source.ip} as ip, ${ctx.source.country} as country, ${ctx.source.userAgent} as user_agent, ${ctx.now} as created_at,
      null as planned_at, null as sealed_at where ${when ?? sql`1`}`,
  )
  return { id, statement }
}

/** Many events by one statement. `when` is asked for each, of its subject's id. Ids are in the order of the list. */
export function recordEvents(ctx: DomainContext, list: readonly NewEvent[], when: (subjectId: SQL) => SQL) {
  const { actorType, actorId, actorLabel: label } = actorLabel(ctx.actor)
  const rows = list.map((event) => ({
    ...event,
    id: newEventId(ctx.now),
    data: JSON.stringify(dataOf(ctx, event)),
  }))
  const of = (key: keyof (typeof rows)[number]) => sql`json_extract(value, ${`$.${key}`})`
  const statement = ctx.db.insert(events).select(
    sql`select ${of('id')} as id, ${of('type')} as type, ${actorType} as actor_type, ${actorId} as actor_id, ${label} as actor_label,
      ${of('subjectType')} as subject_type, ${of('subjectId')} as subject_id, ${of('organizationId')} as organization_id,
      ${of('appId')} as app_id, ${of('data')} as data, ${ctx.requestId} as request_id, ${ctx.source.ip} as ip,
      ${ctx.source.country} as country, ${ctx.source.userAgent} as user_agent, ${ctx.now} as created_at, null as planned_at,
      null as sealed_at from json_each(${JSON.stringify(rows)}) where ${when(of('subjectId'))}`,
  )
  return { ids: rows.map((row): EventId => row.id), statement }
}

function withRead(data: string, before: Record<string, SQL>, after: Record<string, SQL>): SQL {
  const fields = [
    ...Object.entries(after).map(([name, value]) => sql`, ${`$.${name}`}, ${value}`),
    ...Object.entries(before).map(([name, value]) => sql`, ${`$.${name}Before`}, ${value}`),
  ]
  return fields.length > 0 ? sql`json_set(${data}${sql.join(fields)})` : sql`${data}`
}

/** What was done over the admin API says by which token: an id, which opens nothing. */
function dataOf(ctx: DomainContext, event: NewEvent): EventData {
  const { actor } = ctx
  const apiTokenId = actor.type === 'admin' ? actor.apiTokenId : undefined
  return { ...event.data, ...(apiTokenId ? { apiTokenId } : {}) }
}
