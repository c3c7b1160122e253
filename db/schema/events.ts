// What happened (audit log and outbox in one), and who was told: deliveries, webhook endpoints, the demo's outbox.
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { EventData, EventType } from '~/domain/kernel/events'
import { createdAt, flag, id, moment, ref } from '~db/columns'
import { organizations } from './organizations'

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
    /** Written when the event enters the chain of seals: from then on a trigger keeps it as it is. */
    sealedAt: moment('sealed_at'),
    /** What the type begins with, by which the log is filtered: `user` of `user.activated`. */
    area: text('area').generatedAlwaysAs(sql`substr(type, 1, instr(type, '.') - 1)`, { mode: 'virtual' }),
  },
  (table) => [
    index('events_created').on(table.createdAt, table.id),
    index('events_type').on(table.type, table.createdAt, table.id),
    index('events_area').on(table.area, table.createdAt, table.id),
    index('events_subject').on(table.subjectId, table.createdAt, table.id),
    index('events_organization').on(table.organizationId, table.createdAt, table.id),
    index('events_app').on(table.appId, table.createdAt),
    index('events_actor').on(table.actorId, table.createdAt, table.id),
    index('events_unplanned').on(table.createdAt).where(sql`${table.plannedAt} is null`),
    index('events_unplanned_subject').on(table.subjectId).where(sql`${table.plannedAt} is null`),
    index('events_unsealed').on(table.createdAt, table.id).where(sql`${table.sealedAt} is null`),
  ],
)

/** The chain of seals over the events, in the order in which they were sealed. Triggers refuse to change or delete one. */
export const eventSeals = sqliteTable(
  'event_seals',
  {
    seq: integer('seq').primaryKey(),
    eventId: ref('event_id', 'evt').notNull(),
    sealedAt: moment('sealed_at').notNull(),
    /** SHA-256 over the hash before it and the event. */
    hash: text('hash').notNull(),
    /** The vault key that `mac`, an HMAC of `hash`, was made with. */
    keyVersion: text('key_version').notNull(),
    mac: text('mac').notNull(),
  },
  (table) => [uniqueIndex('event_seals_event').on(table.eventId)],
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
    /** An admin called it off while it waited: its state is `failed`. */
    cancelledAt: moment('cancelled_at'),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.eventId, table.channel, table.recipientKey),
    index('deliveries_created').on(table.createdAt, table.id),
    index('deliveries_state_created').on(table.state, table.createdAt, table.id),
    index('deliveries_channel_created').on(table.channel, table.createdAt, table.id),
    index('deliveries_recipient').on(table.recipientKey, table.createdAt, table.id),
    index('deliveries_recipient_waiting')
      .on(table.recipientKey, table.eventId)
      .where(sql`${table.state} in ('pending', 'sending')`),
    index('deliveries_webhook')
      .on(table.recipientKey, table.createdAt, table.id)
      .where(sql`${table.channel} = 'webhook'`),
    index('deliveries_waiting').on(table.nextAttemptAt).where(sql`${table.state} in ('pending', 'sending')`),
    check('deliveries_state_known', sql`${table.state} in ('pending', 'sending', 'sent', 'failed', 'dead')`),
  ],
)

/** Without an organization it is the portal's. Both secrets are sealed, bound to the row; the one before counts for a day. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    id: id('whk'),
    url: text('url').notNull(),
    description: text('description').notNull().default(''),
    secretCipher: text('secret_cipher').notNull(),
    eventTypes: text('event_types', { mode: 'json' }).$type<EventType[]>().notNull(),
    state: text('state', { enum: ['active', 'paused'] }).notNull(),
    /** Attempts that failed since the last one that did not. */
    failures: integer('failures').notNull().default(0),
    pausedAt: moment('paused_at'),
    createdAt: createdAt(),
    organizationId: ref('organization_id', 'org').references(() => organizations.id, { onDelete: 'cascade' }),
    previousSecretCipher: text('previous_secret_cipher'),
    previousSecretUntil: moment('previous_secret_until'),
    allEvents: flag('all_events').notNull().default(true),
    pausedReason: text('paused_reason', { enum: ['by_hand', 'failing', 'gone', 'by_admin'] }),
    failingSince: moment('failing_since'),
    /** Until then nothing is sent there: it failed several times in a row. */
    quietUntil: moment('quiet_until'),
    /** Of an organization's endpoint that an admin paused: in the admin's words, and the pause that stood before. */
    pausedNote: text('paused_note'),
    pausedBefore: text('paused_before', { enum: ['by_hand', 'failing', 'gone'] }),
  },
  (table) => [index('webhook_endpoints_organization').on(table.organizationId, table.createdAt, table.id)],
)

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
    /** Why there is no answer: no connection, or not in time. */
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.deliveryId, table.attempt] }),
    index('webhook_attempts_created').on(table.createdAt),
  ],
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
