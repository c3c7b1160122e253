import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Actor } from '~/domain/kernel/actor'
import type { NewEvent } from '~/domain/kernel/events'
import { newId } from '~/domain/kernel/ids'
import { accessRequests, users } from '~db/schema'
import { db, system, visitor } from '~test/support/context'
import { deliver, eventOf, eventRow, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'

/** Everybody who got a mail of this event, each as `address: subject`. */
async function told(event: NewEvent, actor: Actor = system): Promise<string[]> {
  const eventId = await eventOf(event, actor)
  await deliver(eventId)
  expect((await eventRow(eventId)).plannedAt).not.toBeNull()
  return (await mailsOf(eventId)).map((mail) => `${mail.recipient}: ${mail.subject}`)
}

function userEvent(
  type: NewEvent['type'],
  user: { userId: `usr_${string}`; name: string; email: string },
  data = {},
): NewEvent {
  return {
    type,
    subjectType: 'user',
    subjectId: user.userId,
    data: { name: user.name, email: user.email, ...data },
  }
}

async function accessRequest(state: 'pending' | 'approved' | 'rejected' = 'pending') {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const requester = await world.developer({ organizationId: organization.id })
  const catalog = await world.catalog()
  const plan = await world.plan([catalog.id])
  const app = await world.app(owner)
  const id = newId('req', Date.now())
  await db.insert(accessRequests).values({
    id,
    submissionId: id,
    appId: app.id,
    organizationId: organization.id,
    requesterId: requester.userId,
    catalogId: catalog.id,
    planId: plan.id,
    credentialType: 'api_key',
    state,
    planName: plan.name,
    createdAt: Date.now(),
  })
  const data = {
    app: 'Storefront',
    products: ['Payments', 'Shipping', 'Weather'],
    plan: 'Pro',
    catalog: 'Public catalog',
    requester: requester.name,
  }
  const about = {
    subjectType: 'access_request' as const,
    subjectId: id,
    organizationId: organization.id,
    appId: app.id,
    data,
  }
  return { owner, requester, organization, app, about }
}

test('a registration that waits is told to every active admin, and to nobody else', async () => {
  const pending = await world.developer({ row: { state: 'pending' } })
  const first = await world.admin()
  const second = await world.admin()
  await world.admin({ state: 'deactivated' })
  expect((await told(userEvent('user.registered', pending, { state: 'pending' }), visitor)).sort()).toEqual(
    [first, second].map((admin) => `${admin.email}: New developer waiting for approval`).sort(),
  )
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.role, 'admin'))
})

test('with a notification address, admin mails go there and to no admin', async () => {
  const admin = await world.admin()
  await world.setSettings({ notificationAddress: 'Portal-Team@provider.example' })
  const pending = await world.developer({ row: { state: 'pending' } })
  expect(await told(userEvent('user.registered', pending, { state: 'pending' }), visitor)).toEqual([
    'Portal-Team@provider.example: New developer waiting for approval',
  ])
  const request = await accessRequest()
  expect(await told({ type: 'access_request.submitted', ...request.about }, request.requester)).toEqual([
    'Portal-Team@provider.example: Storefront asks for Payments, Shipping and Weather',
  ])
  await world.setSettings({ notificationAddress: null })
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, admin.userId))
})

test.each([
  ['user.registered', 'active', { state: 'active' }, 'Welcome to Developer portal'],
  ['user.activated', 'active', {}, 'Your account is activated'],
  ['user.rejected', 'rejected', { reason: 'Not a customer' }, 'Your registration was not approved'],
  ['user.deactivated', 'deactivated', {}, 'Your account is disabled'],
  ['user.verification_requested', 'pending', {}, 'Confirm your email address'],
  ['user.registration_repeated', 'active', {}, 'You already have an account'],
  ['user.password_reset_requested', 'active', {}, 'Reset your password'],
  ['user.password_changed', 'active', {}, 'Your password was changed'],
  ['user.two_factor_changed', 'active', { enabled: true }, 'Two-factor authentication was turned on'],
  ['user.two_factor_changed', 'active', { enabled: false }, 'Two-factor authentication was turned off'],
] as const)('%s of a user who is %s is told to that user alone', async (type, state, data, subject) => {
  await world.setSettings({ portalName: 'Developer portal' })
  const user = await world.developer({ row: { state } })
  expect(await told(userEvent(type, user, data))).toEqual([`${user.email}: ${subject}`])
})

test('an invitation names the inviter, the organization and the portal', async () => {
  await world.setSettings({ portalName: 'Acme APIs' })
  const organization = await world.organization({ name: 'Northwind' })
  const inviter = await world.superAdmin({ organizationId: organization.id })
  const invitee = await world.developer({
    organizationId: organization.id,
    row: { state: 'invited', passwordHash: null },
  })
  const event = { ...userEvent('user.invited', invitee), organizationId: organization.id }
  expect(await told(event, inviter)).toEqual([
    `${invitee.email}: ${inviter.name} invited you to Northwind on Acme APIs`,
  ])
  const newAdmin = await world.admin({ state: 'invited' })
  expect(await told(userEvent('admin.invited', newAdmin))).toEqual([
    `${newAdmin.email}: You are invited to administer Acme APIs`,
  ])
})

test('an organization request is told to admins, its decision to the requester', async () => {
  const admin = await world.admin()
  const requester = await world.developer()
  const organization = await world.organization({
    name: 'Fabrikam',
    state: 'pending',
    requestedById: requester.userId,
  })
  const about = {
    subjectType: 'organization' as const,
    subjectId: organization.id,
    organizationId: organization.id,
  }
  expect(
    await told({ type: 'organization.requested', ...about, data: { name: 'Fabrikam' } }, requester),
  ).toEqual([`${admin.email}: ${requester.name} asks for an organization`])
  expect(await told({ type: 'organization.approved', ...about, data: { name: 'Fabrikam' } }, admin)).toEqual([
    `${requester.email}: Your organization Fabrikam is approved`,
  ])
  expect(
    await told(
      { type: 'organization.rejected', ...about, data: { name: 'Fabrikam', reason: 'Unknown' } },
      admin,
    ),
  ).toEqual([`${requester.email}: Your organization request was not approved`])
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, admin.userId))
})

test('an access request is told to admins; its approval to requester and owner; its rejection to the requester', async () => {
  const admin = await world.admin()
  const { requester, owner, about } = await accessRequest()
  expect(await told({ type: 'access_request.submitted', ...about }, requester)).toEqual([
    `${admin.email}: Storefront asks for Payments, Shipping and Weather`,
  ])
  expect((await told({ type: 'access_request.approved', ...about }, admin)).sort()).toEqual(
    [requester, owner]
      .map((user) => `${user.email}: Access to Payments, Shipping and Weather is approved`)
      .sort(),
  )
  expect(await told({ type: 'access_request.rejected', ...about }, admin)).toEqual([
    `${requester.email}: Access to Payments, Shipping and Weather was not approved`,
  ])
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, admin.userId))
})

test('nobody gets a mail about their own click, but the other one does', async () => {
  const { requester, owner, about } = await accessRequest('approved')
  expect(await told({ type: 'access_request.approved', ...about }, requester)).toEqual([
    `${owner.email}: Access to Payments, Shipping and Weather is approved`,
  ])
  const credential = {
    subjectType: 'credential' as const,
    subjectId: 'crd_1',
    appId: about.appId,
    data: { credential: 'Key', app: 'Storefront' },
  }
  expect(await told({ type: 'credential.revoked', ...credential }, owner)).toEqual([])
  expect(await told({ type: 'credential.revoked', ...credential }, requester)).toEqual([
    `${owner.email}: A credential of Storefront was revoked`,
  ])
  expect(await told({ type: 'credential.rotated', ...credential }, requester)).toEqual([
    `${owner.email}: A credential of Storefront was rotated`,
  ])
  expect(await told({ type: 'credential.limits_changed', ...credential }, owner)).toEqual([])
  expect(await told({ type: 'credential.limits_changed', ...credential }, requester)).toEqual([
    `${owner.email}: The limits of a credential of Storefront were changed`,
  ])
})

test('access that a plan approves by itself is told to the owner, not to the requester who saw it on screen', async () => {
  const { requester, owner, about } = await accessRequest('approved')
  const data = { ...about.data, autoApproved: true }
  expect(await told({ type: 'access_request.submitted', ...about, data }, requester)).toEqual([])
  expect(await told({ type: 'access_request.approved', ...about, data })).toEqual([
    `${owner.email}: Access to Payments, Shipping and Weather is approved`,
  ])
  const own = await world.app(requester)
  expect(await told({ type: 'access_request.approved', ...about, appId: own.id, data })).toEqual([])
  const requestId = about.subjectId as `req_${string}`
  await db.update(accessRequests).set({ requesterId: null }).where(eq(accessRequests.id, requestId))
  expect(await told({ type: 'access_request.approved', ...about, data })).toHaveLength(1)
})

test('a security notice goes to the very person who clicked', async () => {
  const user = await world.developer()
  expect(await told(userEvent('user.password_changed', user), user)).toEqual([
    `${user.email}: Your password was changed`,
  ])
  expect(await told(userEvent('user.two_factor_changed', user, { enabled: false }), user)).toEqual([
    `${user.email}: Two-factor authentication was turned off`,
  ])
})

test('one who is both requester and owner gets one mail', async () => {
  const { requester, about, app } = await accessRequest('approved')
  await db
    .update(accessRequests)
    .set({ requesterId: requester.userId })
    .where(eq(accessRequests.id, about.subjectId as `req_${string}`))
  const own = await world.app(requester)
  expect(app.id).not.toBe(own.id)
  expect(await told({ type: 'access_request.approved', ...about, appId: own.id })).toHaveLength(1)
})

test('a credential that expires is told to the owner and the organization’s active super admins', async () => {
  const { owner, organization, about } = await accessRequest('approved')
  const superAdmin = await world.superAdmin({ organizationId: organization.id })
  await world.superAdmin({ organizationId: organization.id, row: { state: 'deactivated' } })
  await world.superAdmin()
  const event = {
    subjectType: 'credential' as const,
    subjectId: 'crd_1',
    organizationId: organization.id,
    appId: about.appId,
    data: { app: 'Storefront' },
  }
  expect((await told({ type: 'credential.expiring', ...event })).sort()).toEqual(
    [owner, superAdmin].map((user) => `${user.email}: A credential of Storefront expires soon`).sort(),
  )
  expect(await told({ type: 'credential.expired', ...event })).toHaveLength(2)
})

test('a member is told of a removal and of a new role', async () => {
  const organization = await world.organization({ name: 'Contoso' })
  const boss = await world.superAdmin({ organizationId: organization.id })
  const member = await world.developer({ organizationId: organization.id })
  const about = (type: NewEvent['type'], data = {}) => ({
    ...userEvent(type, member, data),
    organizationId: organization.id,
  })
  expect(await told(about('member.role_changed', { role: 'super_admin' }), boss)).toEqual([
    `${member.email}: Your role in Contoso was changed`,
  ])
  expect(await told(about('member.removed'), boss)).toEqual([
    `${member.email}: You were removed from Contoso`,
  ])
})

test.each([
  ['user.password_reset_requested', 'pending'],
  ['user.password_reset_requested', 'deactivated'],
  ['user.activated', 'deactivated'],
  ['user.rejected', 'active'],
] as const)('%s is not told to a user who is %s', async (type, state) => {
  const user = await world.developer({ row: { state } })
  expect(await told(userEvent(type, user))).toEqual([])
})

test('events that nobody is told of are planned all the same', async () => {
  const user = await world.developer()
  expect(await told(userEvent('user.logged_in', user), user)).toEqual([])
})
