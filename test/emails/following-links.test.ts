// Every kind of mail as it reaches the outbox, sent by the queue's consumer for an event of a portal with people in it; then
// its links are opened by whoever got it.

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { newId } from '~/domain/kernel/ids'
import { type MailTemplate, mailKinds, mailRuleFor } from '~/domain/notifications/notifications'
import { sampleFacts } from '~/platform/mail-samples'
import { deliveries, emailChanges, invitations, outboxMails, webhookEndpoints } from '~db/schema'
import { db } from '~test/support/context'
import { deliver, eventOf } from '~test/support/notifications'
import { origin, Portal, signedIn } from '~test/support/portal'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

/** An event whose rule leads to this kind of mail, with the data that makes it so. */
function eventTypeOf(template: MailTemplate): { type: EventType; more: Record<string, string | boolean> } {
  for (const more of [{ state: 'pending' }, { state: 'active' }, { reason: 'by_admin' }]) {
    const type = eventTypes.find((one) => mailRuleFor(one, more)?.template === template)
    if (type) return { type, more }
  }
  throw new Error(`no event leads to ${template}`)
}

test('each link of each mail leads its recipient to a page that is there, and both parts have the same links', async () => {
  const admin = await world.admin()
  const boss = await world.superAdmin()
  const organization = await world.organization()
  const app = await world.app(boss)
  const { requestId } = await requested(boss, { app: app.id })
  const browsers = { admin: await signedIn(admin), boss: await signedIn(boss), nobody: new Portal() }
  const [webhookId, stoppedId] = [newId('whk', Date.now()), newId('whk', Date.now())]
  const endpoint = {
    url: 'https://hooks.example/in',
    secretCipher: 'sealed',
    eventTypes: [],
    state: 'paused' as const,
    createdAt: Date.now(),
  }
  await db.insert(webhookEndpoints).values([
    { ...endpoint, id: webhookId },
    { ...endpoint, id: stoppedId, organizationId: boss.organizationId },
  ])
  const seen = new Map<string, number>()
  for (const template of Object.keys(mailKinds) as MailTemplate[]) {
    const { type, more } = eventTypeOf(template)
    const toAdmins = mailRuleFor(type, more)?.audiences[0] === 'admins'
    const state = mailKinds[template].recipientStates[0]
    const person = toAdmins ? admin : state === 'active' ? boss : await world.developer({ row: { state } })
    if (template === 'email_change') {
      await db.insert(emailChanges).values({
        userId: person.userId,
        version: 'v1',
        email: 'new@people.example',
        emailKey: 'new@people.example',
        expiresAt: Date.now() + 60_000,
        createdAt: Date.now(),
      })
    }
    if (state === 'invited') {
      await db.insert(invitations).values({
        id: newId('inv', Date.now()),
        userId: person.userId,
        organizationId: 'org_default',
        state: 'open',
        expiresAt: Date.now() + 60_000,
        createdAt: Date.now(),
      })
    }
    const facts = sampleFacts({
      template,
      text: null,
      portal: { name: 'Portal', accentColor: null, origin },
      now: Date.now(),
    })
    const subjectId =
      template === 'webhook_stopped' || template === 'webhook_resumed'
        ? stoppedId
        : template === 'user_waiting' || !toAdmins
          ? person.userId
          : template === 'organization_requested'
            ? organization.id
            : template === 'webhook_paused'
              ? webhookId
              : requestId
    const eventId = await eventOf({
      type,
      subjectType: 'user',
      subjectId,
      organizationId: boss.organizationId,
      appId: app.id,
      data: { ...facts.event.data, ...more, before: 'old@people.example', deliveries: [] },
    })
    await db
      .insert(deliveries)
      .values({
        id: newId('dlv', Date.now()),
        eventId,
        channel: 'email',
        recipientKey: `${template === 'email_change' ? 'new:' : ''}${person.userId}`,
        template,
        state: 'pending',
        nextAttemptAt: 0,
        createdAt: Date.now(),
      })
      .onConflictDoNothing()
    await deliver(eventId)
    const [row] = await db
      .select({ html: outboxMails.html, text: outboxMails.text })
      .from(outboxMails)
      .innerJoin(deliveries, eq(deliveries.id, outboxMails.deliveryId))
      .where(eq(deliveries.eventId, eventId))
    if (!row) throw new Error(`${template} did not reach the outbox`)
    const inHtml = [...row.html.matchAll(/href="([^"]+)"/g)].map(
      (match) => match[1]?.replace(/&amp;/g, '&') ?? '',
    )
    const inText = row.text.match(/https:\/\/\S+/g) ?? []
    expect(new Set(inText), template).toEqual(new Set(inHtml))
    for (const link of new Set(inHtml)) {
      const path = link.slice(origin.length) || '/'
      const browser = path.includes('token=') ? browsers.nobody : toAdmins ? browsers.admin : browsers.boss
      const status = seen.get(path) ?? (await browser.get(path)).status
      seen.set(path, status)
      expect(status, `${template}: ${path}`).toBe(200)
    }
  }
  expect(seen.size).toBeGreaterThan(8)
})
