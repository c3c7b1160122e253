import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { acceptInvitation, checkInvitation } from '~/domain/accounts/accept-invitation.server'
import { addDeveloper } from '~/domain/accounts/add-developer.server'
import { deactivateUser } from '~/domain/accounts/deactivate-user.server'
import { inviteAdmin } from '~/domain/accounts/invite-admin.server'
import { inviteUser } from '~/domain/accounts/invite-user.server'
import { withdrawInvitation } from '~/domain/accounts/withdraw-invitation.server'
import type { UserId } from '~/domain/kernel/ids'
import { events, invitations, organizations, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { deliver, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

vi.setConfig({ testTimeout: 120_000 })

const day = 86_400_000
const fresh = 'kites over Oslo 7'

async function row(userId: UserId) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('no such user')
  return user
}

async function invitee(options: { orgRole?: 'team_member' | 'super_admin' } = {}) {
  const admin = await world.admin()
  const organization = await world.organization()
  const added = await addDeveloper(contextFor(admin), {
    email: `invitee-${crypto.randomUUID().slice(0, 8)}@people.example`,
    firstName: 'Ida',
    lastName: 'Holm',
    password: null,
    mustChangePassword: false,
    organizationId: organization.id,
    orgRole: options.orgRole ?? 'team_member',
    teamIds: [],
  })
  if (!added.ok) throw new Error(added.error.message)
  return { admin, organization, userId: added.value.userId }
}

/** What the mail consumer does: a token for the newest invitation. */
async function linkOf(userId: UserId, now = Date.now()) {
  const { resetVersion } = await row(userId)
  return contextFor(visitor, now).tokens.issue(
    'invitation',
    { userId, version: resetVersion, expiresAt: now + 7 * day },
    (7 * day) / 1000,
  )
}

function accept(token: string, changes: { password?: string; redemptionId?: string } = {}, now = Date.now()) {
  const password = changes.password ?? fresh
  const ctx = contextFor(visitor, now)
  // Each try from an address of its own: how often one address may try is another test's rule.
  const source = { ...ctx.source, ip: `198.51.100.${crypto.randomUUID()}` }
  return acceptInvitation(
    { ...ctx, source, passwords: quickPasswords },
    { token, password, passwordAgain: password, redemptionId: changes.redemptionId ?? crypto.randomUUID() },
  )
}

const ofType = (userId: string, type: (typeof events.$inferSelect)['type']) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, userId), eq(events.type, type)))

test('an invitation is mailed with a link; accepting it makes the account active with the place that it has by then', async () => {
  const { admin, organization, userId } = await invitee()
  const sent = contextFor(admin)
  expect(await inviteUser(sent, userId)).toMatchObject({ ok: true })
  const [eventId] = sent.announced
  if (!eventId) throw new Error('nothing was announced')
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  expect(mail?.subject).toBe(`${admin.name} invited you to ${organization.name} on Developer portal`)
  const token = /\/auth\/invite\?token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(await checkInvitation(contextFor(visitor), token)).toMatchObject({
    ok: true,
    value: { organizationName: organization.name },
  })
  await db.update(users).set({ orgRole: 'super_admin' }).where(eq(users.id, userId))
  expect(await accept(token)).toMatchObject({ ok: true, value: { userId } })
  expect(await row(userId)).toMatchObject({
    state: 'active',
    orgRole: 'super_admin',
    organizationId: organization.id,
    emailVerifiedAt: expect.any(Number),
  })
  expect(await accept(token)).toMatchObject({ error: { code: 'token_used' } })
  expect(await ofType(userId, 'user.invitation_accepted')).toHaveLength(1)
  const [invitation] = await db.select().from(invitations).where(eq(invitations.userId, userId))
  expect(invitation?.state).toBe('accepted')
})

test('of forty who accept one invitation at once one does; the same form sent twice succeeds twice', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { admin, userId } = await invitee()
    await inviteUser(contextFor(admin), userId)
    const token = await linkOf(userId)
    const twice = crypto.randomUUID()
    const results = await Promise.all([
      ...Array.from({ length: 38 }, (_, n) => accept(token, { password: `${fresh} ${n}` })),
      accept(token, { redemptionId: twice }),
      accept(token, { redemptionId: twice }),
    ])
    const won = results.filter((result) => result.ok)
    expect([1, 2]).toContain(won.length)
    if (won.length === 2) expect(results[38]?.ok && results[39]?.ok).toBe(true)
    expect(await ofType(userId, 'user.invitation_accepted')).toHaveLength(1)
  }
})

test('a link is dead once it is withdrawn, sent again, older than seven days, or its organization is suspended', async () => {
  const { admin, organization, userId } = await invitee()
  const now = Date.now()
  await inviteUser(contextFor(admin, now), userId)
  const first = await linkOf(userId, now)
  expect(await checkInvitation(contextFor(visitor, now + 7 * day - 1000), first)).toMatchObject({ ok: true })
  expect(await checkInvitation(contextFor(visitor, now + 7 * day + 1000), first)).toMatchObject({
    error: { code: 'token_invalid' },
  })
  await inviteUser(contextFor(admin, now + 61_000), userId)
  expect(await accept(first, {}, now + 62_000)).toMatchObject({ error: { code: 'token_invalid' } })
  const second = await linkOf(userId, now + 62_000)
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, organization.id))
  expect(await accept(second, {}, now + 63_000)).toMatchObject({ error: { code: 'token_invalid' } })
  await db.update(organizations).set({ state: 'active' }).where(eq(organizations.id, organization.id))
  expect(await withdrawInvitation(contextFor(admin, now + 64_000), userId)).toMatchObject({ ok: true })
  expect(await accept(second, {}, now + 65_000)).toMatchObject({ error: { code: 'token_invalid' } })
  expect(await withdrawInvitation(contextFor(admin), userId)).toMatchObject({
    error: { code: 'already_decided' },
  })
  expect(await row(userId)).toMatchObject({ state: 'invited', passwordHash: null })
})

test('who has a password is not invited; forty presses send one mail, and a day brings ten at most', async () => {
  const { admin, userId } = await invitee()
  const active = await world.developer()
  expect(await inviteUser(contextFor(admin), active.userId)).toMatchObject({
    error: { code: 'already_decided' },
  })
  const now = Date.now()
  const pressed = await Promise.all(
    Array.from({ length: 40 }, () => inviteUser(contextFor(admin, now), userId)),
  )
  expect(pressed.filter((result) => result.ok)).toHaveLength(1)
  expect(pressed.find((result) => !result.ok)).toMatchObject({ error: { code: 'too_many_attempts' } })
  for (let n = 1; n < 15; n += 1) await inviteUser(contextFor(admin, now + n * 61_000), userId)
  expect(await ofType(userId, 'user.invited')).toHaveLength(10)
  const open = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.userId, userId), eq(invitations.state, 'open')))
  expect(open).toHaveLength(1)
})

test('a weak password is refused and leaves the link as good as before', async () => {
  const { admin, userId } = await invitee()
  await inviteUser(contextFor(admin), userId)
  const token = await linkOf(userId)
  expect(await accept(token, { password: 'short' })).toMatchObject({
    error: { fields: { password: [expect.any(String)] } },
  })
  expect(await accept(token)).toMatchObject({ ok: true })
})

test('an admin is invited in one write, accepts, and is an admin; a taken address is marked', async () => {
  const admin = await world.admin()
  const ctx = contextFor(admin)
  const email = `new-admin-${crypto.randomUUID().slice(0, 8)}@portal.example`
  const invited = await inviteAdmin(ctx, { email, firstName: 'Noa', lastName: 'Berg' })
  if (!invited.ok) throw new Error(invited.error.message)
  expect(ctx.announced).toHaveLength(2)
  const mails = (
    await Promise.all(ctx.announced.map(async (id) => (await deliver(id)) && mailsOf(id)))
  ).flat()
  expect(mails.map((mail) => `${mail.recipient}: ${mail.subject}`)).toEqual([
    `${email}: You are invited to administer Developer portal`,
  ])
  expect(await accept(await linkOf(invited.value.userId))).toMatchObject({ ok: true })
  expect(await row(invited.value.userId)).toMatchObject({
    state: 'active',
    role: 'admin',
    organizationId: null,
  })
  expect(
    await inviteAdmin(ctx, { email: email.toUpperCase(), firstName: 'Noa', lastName: 'B' }),
  ).toMatchObject({
    error: { fields: { email: [expect.any(String)] } },
  })
})

test('an account that was closed meanwhile cannot be completed', async () => {
  const { admin, userId } = await invitee()
  await inviteUser(contextFor(admin), userId)
  const token = await linkOf(userId)
  await accept(token)
  await deactivateUser(contextFor(admin), userId, { reason: '' })
  expect(await accept(token)).toMatchObject({ ok: false })
  expect((await row(userId)).state).toBe('deactivated')
})
