// The rules of webhooks: who may have how many, what they are told, and what forty at once cannot do.
import { eq, isNull, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { eventTypes } from '~/domain/kernel/events'
import { newId } from '~/domain/kernel/ids'
import { addWebhook } from '~/domain/notifications/add-webhook.server'
import { deleteWebhook } from '~/domain/notifications/delete-webhook.server'
import { editWebhook } from '~/domain/notifications/edit-webhook.server'
import { pauseWebhook } from '~/domain/notifications/pause-webhook.server'
import {
  getWebhookDelivery,
  getWebhookLog,
  listWebhooks,
} from '~/domain/notifications/queries-webhooks.server'
import { resumeWebhook } from '~/domain/notifications/resume-webhook.server'
import { rotateWebhookSecret } from '~/domain/notifications/rotate-webhook-secret.server'
import { sendFailedWebhooksAgain, sendWebhookAgain } from '~/domain/notifications/send-webhook-again.server'
import { testWebhook } from '~/domain/notifications/test-webhook.server'
import { resealWebhooks } from '~/domain/notifications/tidy-webhooks.server'
import { maxWebhooks, typesFor, type WebhookInput, webhookInput } from '~/domain/notifications/webhook'
import { webhookAddressProblem } from '~/domain/notifications/webhook-address'
import { webhookBody } from '~/domain/notifications/webhook-payload'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import { createVault } from '~/platform/vault'
import { webhookTools } from '~/platform/webhook-tools'
import { deliveries, events, organizations, users, webhookEndpoints } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import {
  attemptsOf,
  endpointRow,
  forgetWebhooks,
  happening,
  pumpEvent,
  received,
  webhook,
  webhookDelivery,
} from '~test/support/webhooks'
import * as world from '~test/support/world'

const everything: WebhookInput = {
  url: 'https://receiver.hook.test/in',
  description: '',
  events: 'all',
  eventTypes: [],
}

afterEach(forgetWebhooks)

test('of forty who add the last webhook at once, one does: ten an organization, fifty the portal', async () => {
  for (const owner of [await world.superAdmin(), await world.admin()]) {
    const organizationId = owner.type === 'admin' ? null : owner.organizationId
    const limit = maxWebhooks[owner.type === 'admin' ? 'portal' : 'organization']
    await Promise.all(Array.from({ length: limit - 1 }, () => webhook({ organizationId })))
    const results = await Promise.all(
      Array.from({ length: 40 }, () => addWebhook(contextFor(owner), everything)),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'conflict' } })
    const added = await db
      .select()
      .from(events)
      .where(sql`${events.type} = 'webhook.created' and ${events.organizationId} is ${organizationId}`)
    expect(added).toHaveLength(1)
  }
  expect(maxWebhooks).toEqual({ portal: 50, organization: 10 })
})

test('a webhook is kept with its secret sealed, and the event knows neither secret nor address', async () => {
  const ctx = contextFor(await world.admin())
  const url = 'https://user-service.hook.test/in?token=hidden-canary'
  const added = await addWebhook(ctx, { ...everything, url, description: 'Billing' })
  if (!added.ok) throw new Error(added.error.message)
  const { webhookId, secret } = added.value
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const row = await endpointRow(webhookId)
  expect(JSON.stringify(row)).not.toContain(secret.slice(6))
  expect(await ctx.vault.open(row?.secretCipher ?? '', webhookId)).toBe(secret)
  const [event] = await db.select().from(events).where(eq(events.subjectId, webhookId))
  expect(event).toMatchObject({ type: 'webhook.created', data: { name: 'Billing' } })
  expect(JSON.stringify(event)).not.toContain('canary')
})

test.each([
  ['http://receiver.example.com/in', /https/],
  ['https://127.0.0.1/in', /number/],
  ['https://[::1]/in', /number/],
  ['https://169.254.169.254/latest', /number/],
  ['https://metadata.internal/in', /inside a network/],
  ['https://portal.test/admin', /portal itself/],
  ['https://a:b@receiver.example.com/', /name and password/],
  ['https://receiver.example.com:22/', /443/],
])('%s is refused as an address', async (url, why) => {
  const own = { origin: 'https://portal.test', gatewayOrigin: 'https://portal.test' }
  expect(webhookAddressProblem(url, own)).toMatch(why)
  const at = await webhook()
  const ctx = contextFor(await world.admin())
  for (const result of [
    await addWebhook(ctx, { ...everything, url }),
    await editWebhook(ctx, at.id, { ...everything, url }),
  ])
    expect(result).toMatchObject({ ok: false, error: { fields: { url: [expect.stringMatching(why)] } } })
})

test('what is chosen must be offered: at least one, and for an organization its own things only', async () => {
  const chosen = (list: string[]) =>
    webhookInput.safeParse({ url: everything.url, events: 'chosen', eventTypes: list }).success
  expect([chosen([]), chosen(['user.exploded']), chosen(['app.created'])]).toEqual([false, false, true])
  const owner = contextFor(await world.superAdmin())
  const input = { ...everything, events: 'chosen' as const }
  expect(await addWebhook(owner, { ...input, eventTypes: ['user.logged_in'] })).toMatchObject({ ok: false })
  expect(await addWebhook(owner, { ...input, eventTypes: ['app.created'] })).toMatchObject({ ok: true })
  const subjects = new Set(typesFor('organization').map((type) => type.split('.')[0]))
  expect([...subjects].sort()).toEqual(['access_request', 'app', 'credential', 'member', 'quota'])
})

test('nobody reaches a webhook of somebody else: not admins those of organizations, nor the other way, nor a demoted super admin', async () => {
  const owner = await world.superAdmin()
  const { organizationId } = owner
  const [own, portal] = [await webhook({ organizationId }), await webhook()]
  const eventId = await happening({ type: 'app.created', organizationId })
  await pumpEvent(eventId)
  const dlv = async (id: typeof own.id) => (await webhookDelivery(eventId, id))?.id ?? 'dlv_none'
  const [admin, stranger, itself] = [
    contextFor(await world.admin()),
    contextFor(await world.superAdmin()),
    contextFor(owner),
  ]
  await db.update(users).set({ orgRole: 'team_member' }).where(eq(users.id, owner.userId))
  const tries = [
    [admin, own.id],
    [stranger, own.id],
    [stranger, portal.id],
    [itself, own.id],
  ] as const
  for (const [ctx, id] of tries) {
    const found = { ok: false, error: { code: 'not_found' } }
    expect(await editWebhook(ctx, id, everything)).toMatchObject(found)
    expect(await rotateWebhookSecret(ctx, id)).toMatchObject(found)
    expect(await pauseWebhook(ctx, id)).toMatchObject(found)
    expect(await resumeWebhook(ctx, id)).toMatchObject(found)
    expect(await deleteWebhook(ctx, id)).toMatchObject(found)
    expect(await testWebhook(ctx, id, webhookTools)).toMatchObject(found)
    expect(await sendWebhookAgain(ctx, id, await dlv(id))).toMatchObject(found)
    expect(await sendFailedWebhooksAgain(ctx, id, { since: 'day' })).toMatchObject(found)
    const page = { cursor: null, direction: 'next' as const, size: 10 }
    await expect(getWebhookLog(ctx, id, { failedOnly: false, page })).rejects.toThrow()
    await expect(getWebhookDelivery(ctx, id, await dlv(id))).rejects.toThrow()
    expect((await listWebhooks(ctx)).map((row) => row.id)).not.toContain(id)
  }
  expect(await addWebhook(itself, everything)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  // A delivery of one endpoint is not found under another.
  await expect(getWebhookDelivery(admin, portal.id, await dlv(own.id))).rejects.toThrow()
  expect(await sendWebhookAgain(admin, portal.id, await dlv(own.id))).toMatchObject({ ok: false })
  expect(await received(own.host)).toHaveLength(1)
})

test('of forty who rotate, pause, resume, send again or delete at once, one does', async () => {
  const at = await webhook()
  const eventId = await happening()
  await pumpEvent(eventId)
  const deliveryId = (await webhookDelivery(eventId, at.id))?.id ?? 'dlv_none'
  const admin = await world.admin()
  const races: (() => Promise<{ ok: boolean }>)[] = [
    () => rotateWebhookSecret(contextFor(admin), at.id),
    () => sendWebhookAgain(contextFor(admin), at.id, deliveryId),
    () => pauseWebhook(contextFor(admin), at.id),
    () => resumeWebhook(contextFor(admin), at.id),
    () => deleteWebhook(contextFor(admin), at.id),
  ]
  for (const race of races) {
    const results = await Promise.all(Array.from({ length: 40 }, race))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
  }
  const told = await db.select({ type: events.type }).from(events).where(eq(events.subjectId, at.id))
  expect(told.map(({ type }) => type).sort()).toEqual([
    'webhook.deleted',
    'webhook.paused',
    'webhook.resumed',
    'webhook.secret_rotated',
    'webhook.sent_again',
  ])
})

test('all that failed since a moment is sent again, and nothing else; a paused endpoint is resumed first', async () => {
  const at = await webhook({ state: 'paused', pausedAt: Date.now() })
  const ctx = contextFor(await world.admin())
  const [old, recent, other] = [await happening(), await happening(), await happening()]
  for (const eventId of [old, recent, other]) await pumpEvent(eventId)
  const set = (eventId: typeof old, changes: Partial<typeof deliveries.$inferInsert>) =>
    db.update(deliveries).set(changes).where(eq(deliveries.eventId, eventId))
  await set(old, { createdAt: Date.now() - 2 * 86_400_000 })
  await set(other, { state: 'pending' })
  expect(await sendFailedWebhooksAgain(ctx, at.id, { since: 'day' })).toMatchObject({
    error: { code: 'conflict', message: 'This webhook is paused. Resume it first.' },
  })
  expect(await resumeWebhook(ctx, at.id)).toMatchObject({ ok: true })
  ctx.announced.length = 0
  expect(await sendFailedWebhooksAgain(ctx, at.id, { since: 'day' })).toEqual({
    ok: true,
    value: { count: 1 },
  })
  expect(ctx.announced).toContain(recent)
  await pumpEvent(recent)
  expect((await received(at.host)).map(({ headers }) => headers['webhook-id'])).toEqual([recent])
  expect(await sendFailedWebhooksAgain(ctx, at.id, { since: 'day' })).toMatchObject({ ok: false })
  expect(await sendFailedWebhooksAgain(ctx, at.id, { since: 'week' })).toMatchObject({ ok: true })
})

test('with its organization or by itself, an endpoint goes with its attempts, and what waits is not needed', async () => {
  const owner = await world.superAdmin()
  const { organizationId } = owner
  const at = await webhook({ organizationId })
  const eventId = await happening({ type: 'app.created', organizationId })
  await pumpEvent(eventId)
  const gone = await webhook({ organizationId })
  await db.update(deliveries).set({ state: 'pending' }).where(eq(deliveries.recipientKey, at.id))
  expect(await deleteWebhook(contextFor(owner), at.id)).toMatchObject({ ok: true })
  const delivery = await webhookDelivery(eventId, at.id)
  expect(delivery).toMatchObject({ state: 'sent', sentAt: null, lastError: 'The webhook was deleted.' })
  expect(await attemptsOf(delivery?.id)).toEqual([])

  const [organization] = await db.select().from(organizations).where(eq(organizations.id, organizationId))
  const admin = contextFor(await world.admin())
  const confirmation = organization?.name ?? ''
  expect(await deleteOrganization(admin, organizationId, { confirmation })).toMatchObject({ ok: true })
  expect(await endpointRow(gone.id)).toBeNull()
})

test('no event tells a webhook a secret, a person’s name or address, or where somebody was', () => {
  const canary = 'canary-nobody-should-read'
  const data = Object.fromEntries(
    [
      ...['email', 'before_email', 'newEmail', 'token', 'secret', 'password', 'ip', 'userAgent', 'reason'],
      ...['owner', 'requester', 'from', 'to', 'added', 'removed', 'place', 'lastError', 'note', 'baseUrl'],
    ].map((key) => [key, canary]),
  )
  for (const type of eventTypes) {
    const people = /^(user|member|admin)\./.test(type) ? { name: canary, email: canary } : {}
    // What a webhook was paused for is one of three words.
    const told = {
      type,
      actorType: 'admin',
      actorId: 'usr_admin',
      subjectType: 'x',
      subjectId: 'x_1',
      organizationId: null,
      appId: null,
      data: { ...data, ...people, ...(type === 'webhook.paused' ? { reason: 'gone' } : {}) },
      createdAt: 0,
      ip: canary,
      actorLabel: canary,
      userAgent: canary,
    }
    expect(webhookBody(told, 'portal')).not.toContain(canary)
    expect(webhookBody(told, 'organization')).not.toContain('usr_admin')
  }
})

test('the secrets of webhooks move on to the newest vault key, the one before as well', async () => {
  const id = newId('whk', Date.now())
  const old = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  const both = createVault(`2:${btoa('b'.repeat(32))},1:${old}`)
  const sealed = await contextFor(system).vault.seal('whsec_x', id)
  await webhook({ id, secretCipher: sealed, previousSecretCipher: sealed, previousSecretUntil: Date.now() })
  expect(await resealWebhooks({ ...contextFor(system), vault: both })).toBe(2)
  const row = await endpointRow(id)
  for (const cipher of [row?.secretCipher, row?.previousSecretCipher]) {
    expect(cipher).toMatch(/^v2\./)
    expect(await both.open(cipher ?? '', id)).toBe('whsec_x')
  }
  expect(
    await db.select().from(webhookEndpoints).where(isNull(webhookEndpoints.organizationId)),
  ).toHaveLength(1)
})
