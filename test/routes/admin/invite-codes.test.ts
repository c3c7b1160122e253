import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { inviteCodes, teamMembers, users } from '~db/schema'
import { db } from '~test/support/context'
import { origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

let portal: Portal

beforeEach(async () => {
  portal = await signedIn(await world.admin())
  await world.setSettings({
    registrationEnabled: true,
    autoApproveDevelopers: false,
    requireEmailVerification: false,
    visibility: 'public',
  })
})

/** Makes a code through the form and answers its address and its text. */
async function created(fields: Record<string, string> = {}) {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const response = await portal.post('/admin/invite-codes/new', {
    teamId: team.id,
    maxUses: '2',
    expiresAt: '2999-12-31',
    code: '',
    ...fields,
  })
  const address = response.headers.get('location') ?? ''
  const id = address.split('/').at(-1) ?? ''
  const [row] = await db
    .select()
    .from(inviteCodes)
    .where(eq(inviteCodes.id, id as 'code_1'))
  if (!row) throw new Error(await response.text())
  return { address, row, organization, team }
}

const password = 'kites over Oslo 7'

function registration(code: string, changes: Record<string, string> = {}) {
  return {
    email: `coded-${crypto.randomUUID().slice(0, 8)}@people.example`,
    firstName: 'Noa',
    lastName: 'Berg',
    password,
    passwordAgain: password,
    inviteCode: code,
    ...changes,
  }
}

const anyAddress = () => ({ 'cf-connecting-ip': `198.51.100.${1 + Math.floor(Math.random() * 250)}` })

test('a code is made for a team of any organization, listed with its uses, and its link is there to copy', async () => {
  const { address, row, organization, team } = await created()
  expect(portal.notice()).toBe(`The code ${row.code} is ready. Copy its link and send it.`)
  const page = await portal.get(address)
  for (const text of [row.code, team.name, organization.name, `${origin}/auth/register?code=${row.code}`])
    expect(page.html).toContain(text)
  expect(page.html).toContain('value="2999-12-31"')
  const list = await portal.get(`/admin/invite-codes?q=${row.code}`)
  expect(list.html).toContain('0 of 2')
  expect(list.html).toContain(`aria-label="Copy link of ${row.code}"`)
  expect((await portal.get(`/admin/invite-codes?q=${row.code}&state=used_up`)).html).toContain(
    'No invite code matches',
  )
  expect((await portal.get('/admin')).html).toContain('href="/admin/invite-codes"')
})

test('the form finds a team by its name or that of its organization', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const { html } = await portal.get(`/admin/invite-codes/new?search=${encodeURIComponent(team.name)}`)
  expect(html).toContain(`${organization.name} · ${team.name}</option>`)
  expect((await portal.get('/admin/invite-codes/new?search=nothing-like-it')).html).toContain(
    'No team matches',
  )
})

test('a form that fails keeps what was typed and marks its fields', async () => {
  const response = await portal.post('/admin/invite-codes/new', {
    teamId: '',
    maxUses: '0',
    expiresAt: 'soon',
    code: 'TWO WORDS',
  })
  expect(response.status).toBe(422)
  const html = await response.text()
  for (const text of [
    'Choose a team.',
    'A code can be used at least once.',
    'This is not a day.',
    'Use letters, digits, dots, hyphens and underscores only.',
    'value="TWO WORDS"',
  ])
    expect(html).toContain(text)
  const past = await portal.post('/admin/invite-codes/new', {
    teamId: 'team_default',
    maxUses: '1',
    expiresAt: '2001-01-01',
  })
  expect(past.status).toBe(422)
  expect(await past.text()).toContain('This day is past.')
})

test('the link fills and locks the field, says where it leads, and keeps both when the form fails', async () => {
  const { row, organization, team } = await created()
  const visitor = new Portal()
  const address = `/auth/register?code=${row.code}`
  const locked = new RegExp(
    `<input[^>]*(readOnly=""[^>]*value="${row.code}"|value="${row.code}"[^>]*readOnly="")`,
    'i',
  )
  const page = await visitor.get(address)
  expect(page.html).toMatch(locked)
  expect(page.html).toContain(`You join the team ${team.name} of the organization ${organization.name}.`)
  const failed = await visitor.post(address, registration(row.code, { passwordAgain: 'another one here' }))
  expect(failed.status).toBe(422)
  const html = await failed.text()
  expect(html).toMatch(locked)
  expect(html).toContain('The two passwords are not the same')
  expect(html).toContain(`You join the team ${team.name}`)
})

test('a code that cannot be used tells nothing of its team, and offers to register without it', async () => {
  const { address, row, team } = await created()
  await portal.post(`${address}/deactivate`)
  expect(portal.notice()).toBe(`The code ${row.code} is deactivated`)
  const { html } = await new Portal().get(`/auth/register?code=${row.code}`)
  expect(html).toContain('This invite code cannot be used (any more)')
  expect(html).toContain('register without a code')
  expect(html).not.toContain(team.name)
  await portal.post(`${address}/activate`)
  expect((await new Portal().get(`/auth/register?code=${row.code}`)).html).toContain(team.name)
})

test.each([false, true])(
  'who registers by a code is approved and in its team (verification: %s)',
  async (verify) => {
    await world.setSettings({ requireEmailVerification: verify })
    const { row, organization, team } = await created({ maxUses: '1' })
    const visitor = new Portal()
    const fields = registration(row.code)
    const response = await visitor.post(`/auth/register?code=${row.code}`, fields, anyAddress())
    const { html } = await visitor.get(response.headers.get('location') ?? '')
    expect(html).toContain(
      verify
        ? 'You&#x27;ve successfully registered. Confirm your email address with the link that we have sent you, then log in.'
        : 'You&#x27;ve successfully registered. You can now log in.',
    )
    const [user] = await db.select().from(users).where(eq(users.emailKey, fields.email))
    expect(user).toMatchObject({ state: 'active', organizationId: organization.id })
    const memberships = await db
      .select()
      .from(teamMembers)
      .where(eq(teamMembers.userId, user?.id ?? 'usr_1'))
    expect(memberships.map(({ teamId }) => teamId)).toContain(team.id)
    const late = await new Portal().post('/auth/register', registration(row.code), anyAddress())
    expect(late.status).toBe(422)
    expect(await late.text()).toContain(
      'This invite code cannot be used (any more). Check it, or leave the field empty.',
    )
    await world.setSettings({ requireEmailVerification: false })
  },
)

test('uses and end are edited, but never below what was used', async () => {
  const { address, row } = await created()
  await db.update(inviteCodes).set({ uses: 2 }).where(eq(inviteCodes.id, row.id))
  const low = await portal.post(address, { maxUses: '1', expiresAt: '' })
  expect(low.status).toBe(409)
  expect(await low.text()).toContain('The code was used 2 times already. Enter at least 2.')
  expect((await portal.post(address, { maxUses: '7', expiresAt: '' })).status).toBe(303)
  expect(portal.notice()).toBe(`The code ${row.code} is saved`)
  const [after] = await db.select().from(inviteCodes).where(eq(inviteCodes.id, row.id))
  expect(after).toMatchObject({ maxUses: 7, expiresAt: null, uses: 2 })
})

test('deleting asks first; a code that is gone is not found', async () => {
  const { address, row } = await created()
  expect((await portal.get(`${address}/delete`)).html).toContain('Its link stops working at once.')
  expect((await portal.post(`${address}/delete`)).headers.get('location')).toBe('/admin/invite-codes')
  expect(portal.notice()).toBe(`The code ${row.code} is deleted`)
  for (const path of [address, `${address}/delete`]) expect((await portal.get(path)).status).toBe(404)
  for (const path of [address, `${address}/delete`, `${address}/activate`])
    expect((await portal.post(path, { maxUses: '1' })).status).toBe(404)
})
