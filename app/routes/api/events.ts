// The audit log over the API: every event that happened, and one by its id.
import { z } from 'zod'
import { eventTypes } from '~/domain/kernel/events'
import { type EventId, idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { eventAreas } from '~/domain/notifications/audit-log'
import { describeEvent } from '~/domain/notifications/describe-event'
import { getAuditEvent, listEvents } from '~/domain/notifications/queries-audit.server'
import { operation } from '~/platform/api-operation'
import {
  daysFilter,
  daysOf,
  listAnswer,
  listOf,
  listQuery,
  pageOf,
  searchFilter,
  time,
  timeSchema,
} from './lists'

const event = z.strictObject({
  id: idSchema('evt'),
  type: z.enum(eventTypes),
  sentence: z.string().describe('What happened, in words.'),
  actor_type: z
    .string()
    .describe('Who did it: an admin, a developer, an app, a visitor or the portal itself.'),
  actor_id: z.string().nullable(),
  actor_label: z.string(),
  subject_type: z.string(),
  subject_id: z.string(),
  organization_id: z.string().nullable(),
  app_id: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).describe('What changed; of a change of fields, from what to what.'),
  ip: z.string().nullable(),
  country: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
  created_at: timeSchema,
})

const idFilter = z
  .string()
  .regex(/^[a-z]+_[0-9A-Za-z_]{1,40}$/, 'This is no id.')
  .optional()

const read = { tag: 'events', scope: 'events:read' } as const

export const eventOperations = [
  operation({
    ...read,
    id: 'listEvents',
    method: 'GET',
    path: '/events',
    summary: 'List what happened, newest first',
    query: listQuery({
      type: z
        .enum([...eventTypes, ...eventAreas])
        .optional()
        .describe('A type, or what types begin with.'),
      actor_id: idFilter,
      subject_id: idFilter,
      organization_id: idSchema('org').optional(),
      ...daysFilter,
      q: searchFilter.describe('A part of a name, an id or an address.'),
    }),
    answer: { name: 'EventList', schema: listOf(event) },
    async run(ctx, { query }) {
      const page = await listEvents(ctx, {
        type: eventTypes.find((type) => type === query.type) ?? null,
        area: eventAreas.find((area) => area === query.type) ?? null,
        actor: query.actor_id ?? null,
        subject: query.subject_id ?? null,
        organization: query.organization_id ?? null,
        ...daysOf(query),
        page: pageOf(query),
      })
      return ok(listAnswer(page, toAnswer))
    },
  }),
  operation({
    ...read,
    id: 'getEvent',
    method: 'GET',
    path: '/events/{event_id}',
    summary: 'Get one event',
    answer: { name: 'Event', schema: event },
    run: async (ctx, { ids }) => ok(toAnswer((await getAuditEvent(ctx, ids.event_id)).event)),
  }),
]

type Row = Parameters<typeof describeEvent>[0] & {
  id: EventId
  type: z.output<typeof event>['type']
  actorType: string
  actorLabel: string
  actorId: string | null
  subjectType: string
  subjectId: string
  organizationId: string | null
  appId: string | null
  ip: string | null
  country: string | null
  userAgent: string | null
  requestId: string | null
  createdAt: number
}

function toAnswer(row: Row): z.output<typeof event> {
  return {
    id: row.id,
    type: row.type,
    sentence: describeEvent(row),
    actor_type: row.actorType,
    actor_id: row.actorId,
    actor_label: row.actorLabel,
    subject_type: row.subjectType,
    subject_id: row.subjectId,
    organization_id: row.organizationId,
    app_id: row.appId,
    data: row.data,
    ip: row.ip,
    country: row.country,
    user_agent: row.userAgent,
    request_id: row.requestId,
    created_at: time(row.createdAt),
  }
}
