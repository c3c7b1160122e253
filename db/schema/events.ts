// What happened (audit log and outbox in one), and who was told: deliveries, webhook endpoints, the demo's outbox.
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { EventData, EventType } from '~/domain/kernel/events'
import { createdAt, id, moment, ref } from '~db/columns'

export const events = sqliteTable(
  'events',
  {
    id: id('evt'),
    type: text('type').$type<EventType>().notNull(),
    actorType: text('actor_type', {
      enum: ['visitor', 'developer', 'admin', 'system', 'api_token'],
    }).notNull(),
    actorId: text('actor_id'),
    actorLabel: text('actor_label').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    organizationId: ref('organization_id', 'org'),
    appId: ref('app_id', 'app'),
    data: text('data', { mode: 'json' }).$type<EventData>().notNull(),
    requestId: text('request_id').notNull(),
    ip: text('ip'),
    country: text('country'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    plannedAt: moment('planned_at'),
  },
  (table) => [
    index('events_created').on(table.createdAt, table.id),
    index('events_type').on(table.type, table.createdAt),
    index('events_subject').on(table.subjectId, table.createdAt),
    index('events_organization').on(table.organizationId, table.createdAt, table.id),
    index('events_app').on(table.appId, table.createdAt),
    index('events_actor').on(table.actorId, table.createdAt),
    index('events_unplanned').on(table.createdAt).where(sql`${table.plannedAt} is null`),
  ],
)

/** One row per event, channel and recipient; of `email` and `digest` a recipient has one. `recipientKey` is a user id, an address in small letters, an endpoint id, or gateway and credential. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: id('dlv'),
    eventId: ref('event_id', 'evt')
      .notNull()
      .references(() => events.id),
    channel: text('channel', { enum: ['email', 'webhook', 'gateway', 'digest'] }).notNull(),
    recipientKey: text('recipient_key').notNull(),
    template: text('template').notNull(),
    state: text('state', { enum: ['pending', 'sending', 'sent', 'failed', 'dead'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    claimedAt: moment('claimed_at'),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    lastError: text('last_error'),
    sentAt: moment('sent_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.eventId, table.channel, table.recipientKey),
    index('deliveries_created').on(table.createdAt, table.id),
    index('deliveries_state_created').on(table.state, table.createdAt, table.id),
    index('deliveries_channel_created').on(table.channel, table.createdAt, table.id),
    index('deliveries_waiting').on(table.nextAttemptAt).where(sql`${table.state} in ('pending', 'sending')`),
    check('deliveries_state_known', sql`${table.state} in ('pending', 'sending', 'sent', 'failed', 'dead')`),
  ],
)

export const webhookEndpoints = sqliteTable('webhook_endpoints', {
  id: id('whk'),
  url: text('url').notNull(),
  description: text('description').notNull().default(''),
  secretCipher: text('secret_cipher').notNull(),
  eventTypes: text('event_types', { mode: 'json' }).$type<string[]>().notNull(),
  state: text('state', { enum: ['active', 'paused'] }).notNull(),
  failures: integer('failures').notNull().default(0),
  pausedAt: moment('paused_at'),
  createdAt: createdAt(),
})

/** What an endpoint was sent and what it answered, kept for the delivery log. */
export const webhookAttempts = sqliteTable(
  'webhook_attempts',
  {
    deliveryId: ref('delivery_id', 'dlv')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    requestBody: text('request_body').notNull(),
    responseStatus: integer('response_status'),
    responseBody: text('response_body'),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.attempt] })],
)

export const emailTemplates = sqliteTable('email_templates', {
  template: text('template').primaryKey(),
  subject: text('subject').notNull(),
  bodyMarkdown: text('body_markdown').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

/** Mails of the outbox transport: the demo and the tests only. One per delivery, whatever is retried. */
export const outboxMails = sqliteTable(
  'outbox_mails',
  {
    id: id('mail'),
    deliveryId: ref('delivery_id', 'dlv').notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('outbox_mails_delivery').on(table.deliveryId),
    index('outbox_mails_created').on(table.createdAt, table.id),
  ],
)
