// One event for each mail that the portal knows, in a world with everybody who is told of something: a mail without an event
// here does not compile.
import { sql } from 'drizzle-orm'
import type { NewEvent } from '~/domain/kernel/events'
import { type EventId, newId } from '~/domain/kernel/ids'
import type { MailTemplate } from '~/domain/notifications/notifications'
import { recordEvents } from '~db/record-event'
import { accessRequests, emailChanges, organizations } from '~db/schema'
import { contextFor, db, system } from './context'
import * as world from './world'

type Person = { userId: `usr_${string}`; name: string; email: string }

/** Makes the events of all mails once more each time that it is called. */
export async function mailFlows() {
  await world.admin()
  const boss = await world.superAdmin()
  const { organizationId } = boss
  const dev = await world.developer({ organizationId })
  const person = (state: 'invited' | 'rejected' | 'deactivated') =>
    world.developer({ organizationId, row: { state } })
  const [invited, rejected, off] = [
    await person('invited'),
    await person('rejected'),
    await person('deactivated'),
  ]
  const invitedAdmin = await world.admin({ state: 'invited' })
  const app = await world.app(dev)
  const catalog = await world.catalog()
  const plan = await world.plan([catalog.id])
  const requestId = newId('req', Date.now())
  await db.insert(accessRequests).values({
    id: requestId,
    submissionId: requestId,
    appId: app.id,
    organizationId,
    requesterId: dev.userId,
    catalogId: catalog.id,
    planId: plan.id,
    credentialType: 'api_key',
    state: 'pending',
    planName: plan.name,
    createdAt: Date.now(),
  })
  await db.update(organizations).set({ requestedById: dev.userId })
  await db.insert(emailChanges).values({
    userId: dev.userId,
    version: 'one',
    email: 'new-address@people.example',
    emailKey: 'new-address@people.example',
    expiresAt: Date.now() + 86_400_000,
    createdAt: Date.now(),
  })

  const about = (type: NewEvent['type'], one: Person, data: NewEvent['data'] = {}): NewEvent => ({
    type,
    subjectType: 'user',
    subjectId: one.userId,
    organizationId,
    data: { name: one.name, email: one.email, ...data },
  })
  /** Each about a thing of its own, so that none waits for another: the order has tests of its own. */
  const ofApp = (type: NewEvent['type'], data: NewEvent['data'] = {}): NewEvent => ({
    type,
    subjectType: type.startsWith('app.') ? 'app' : 'credential',
    subjectId: `${type.startsWith('app.') ? 'app' : 'crd'}_${type.replace(/\W/g, '')}`,
    appId: app.id,
    organizationId,
    data: { name: 'Storefront', app: 'Storefront', products: ['Payments'], plan: 'Pro', ...data },
  })
  const ofOrganization = (type: NewEvent['type']): NewEvent => ({
    type,
    subjectType: 'organization',
    subjectId: organizationId,
    organizationId,
    data: { name: 'Lighthouse', requester: dev.name },
  })
  const ofRequest = (type: NewEvent['type']): NewEvent => ({
    ...ofApp(type),
    subjectType: 'access_request',
    subjectId: requestId,
  })
  const flows: Record<MailTemplate, NewEvent> = {
    user_waiting: about('user.registered', dev, { state: 'pending' }),
    welcome: about('user.registered', dev, { state: 'active' }),
    user_activated: about('user.activated', dev),
    user_rejected: about('user.rejected', rejected),
    user_deactivated: about('user.deactivated', off),
    user_invited: about('user.invited', invited),
    admin_invited: about('admin.invited', invitedAdmin),
    email_verification: about('user.verification_requested', dev),
    registration_repeated: about('user.registration_repeated', dev),
    password_reset: about('user.password_reset_requested', dev),
    password_changed: about('user.password_changed', dev),
    email_change: about('user.email_change_requested', dev),
    email_changed: about('user.email_changed', dev, { before: 'old-address@people.example' }),
    two_factor_changed: about('user.two_factor_changed', dev, { enabled: true }),
    factor_changed: about('user.factor_changed', dev, { factor: 'passkey', change: 'added' }),
    organization_requested: ofOrganization('organization.requested'),
    organization_approved: ofOrganization('organization.approved'),
    organization_rejected: ofOrganization('organization.rejected'),
    member_removed: about('member.removed', dev),
    member_role_changed: about('member.role_changed', dev, { role: 'super_admin' }),
    access_requested: ofRequest('access_request.submitted'),
    access_waiting: { ...ofRequest('access_request.reminder'), data: { count: 1, apps: ['Storefront'] } },
    access_approved: ofRequest('access_request.approved'),
    access_rejected: ofRequest('access_request.rejected'),
    credential_rotated: ofApp('credential.rotated'),
    credential_revoked: ofApp('credential.revoked'),
    credential_limited: ofApp('credential.limits_changed'),
    credential_expiring: ofApp('credential.expiring', { days: 7 }),
    credential_expired: ofApp('credential.expired'),
    credential_leaked: ofApp('credential.leaked', { place: 'a repository' }),
    digest: about('digest.collected', dev, { count: 0, deliveries: [] }),
    webhook_paused: {
      ...{ type: 'webhook.paused', subjectType: 'webhook', subjectId: 'whk_paused' },
      data: { name: 'Orders', owner: 'portal', reason: 'failing', lastError: 'The receiver answered 500.' },
    },
    webhook_stopped: {
      ...{ type: 'webhook.paused', subjectType: 'webhook', subjectId: 'whk_stopped' },
      organizationId: boss.organizationId,
      data: { name: 'Orders', owner: 'organization', reason: 'by_admin', note: 'Too many calls' },
    },
    webhook_resumed: {
      ...{ type: 'webhook.resumed', subjectType: 'webhook', subjectId: 'whk_resumed' },
      organizationId: boss.organizationId,
      data: { name: 'Orders', owner: 'organization', reason: 'by_admin', staysPaused: false },
    },
    quota_reached: ofApp('quota.reached', { percent: 80, used: 8, limit: 10 }),
    app_created: ofApp('app.created'),
    app_frozen: ofApp('app.frozen'),
    app_unfrozen: ofApp('app.unfrozen'),
    app_transferred: ofApp('app.transferred', { ownerId: dev.userId, ownerIdBefore: boss.userId }),
    app_deleted: ofApp('app.deleted', { ownerId: dev.userId }),
    organization_frozen: ofOrganization('organization.frozen'),
    organization_unfrozen: ofOrganization('organization.unfrozen'),
  }

  async function happen(): Promise<{ template: MailTemplate; eventId: EventId }[]> {
    const recorded = recordEvents(contextFor(system), Object.values(flows), () => sql`true`)
    await db.batch([recorded.statement])
    const templates = Object.keys(flows) as MailTemplate[]
    return templates.map((template, at) => ({ template, eventId: recorded.ids[at] ?? 'evt_none' }))
  }
  return { happen, dev, boss }
}
