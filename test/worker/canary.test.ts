// Canary: passwords, tokens, codes and keys of their own go the whole way, and are looked for everywhere they must not be:
// log lines, events, deliveries, queue messages, tables, KV, pages and headers.
import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Id, newId } from '~/domain/kernel/ids'
import { flushUsage } from '~/platform/gateway-proxy'
import { paths } from '~/platform/paths'
import { apps, credentials, events, users } from '~db/schema'
import { drainEvents, foundInMail, watch } from '~test/support/canary'
import { db } from '~test/support/context'
import { client, tokenRequest } from '~test/support/credentials'
import { askWorker, origin, Portal, signedIn } from '~test/support/portal'
import { codeAt } from '~test/support/second-factors'
import { pumpEvent, received } from '~test/support/webhooks'
import * as world from '~test/support/world'

const password = 'tripwire over grass 7f3a91'
const newPassword = 'tripwire under snow b2c884'
const again = (value: string) => ({ password: value, passwordAgain: value })
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

async function reveal(portal: Portal, appId: Id<'app'>, credentialId: Id<'crd'>): Promise<string> {
  const answer = await portal.post(paths.dashboard.revealCredential(appId, credentialId))
  expect(answer.headers.get('cache-control')).toContain('no-store')
  return /prt_live_[0-9A-Za-z]{38}/.exec(await answer.text())?.[0] ?? ''
}

test('the password of a registration and the key of an app are nowhere but where the key is revealed', async () => {
  const canary = watch()
  await world.setSettings({ autoApproveDevelopers: true, requireEmailVerification: false })
  const catalog = await world.catalog('public')
  const product = await world.product([catalog.id])
  const plan = await world.plan([catalog.id], { approval: 'auto' })
  const email = 'canary@people.example'
  const portal = new Portal()
  const person = { email, firstName: 'Cana', lastName: 'Ry' }
  await canary.seen(await portal.post(paths.auth.register, { ...person, ...again('short') }))
  await canary.seen(await portal.post(paths.auth.register, { ...person, ...again(password) }))
  await canary.seen(await portal.post(paths.auth.login(), { email, password: `${password}-wrong` }))
  expect(await canary.seen(await portal.post(paths.auth.login(), { email, password }))).toBe(303)
  await canary.seen(await portal.post(paths.cartAdd, { catalogId: catalog.id, productId: product.id }))
  const cart = await portal.get(paths.cart)
  await canary.seen(
    await portal.post(paths.cart, {
      submissionId: hidden(cart.html, 'submissionId'),
      catalogId: catalog.id,
      productIds: product.id,
      planId: plan.id,
      credentialType: 'api_key',
      appChoice: 'new',
      appName: 'Canary app',
      appVisibility: 'personal',
      note: '',
    }),
  )
  const [app] = await db.select().from(apps).where(eq(apps.name, 'Canary app'))
  if (!app) throw new Error('no app was made')
  const newest = () =>
    db.select().from(credentials).where(eq(credentials.appId, app.id)).orderBy(desc(credentials.createdAt))
  const [first] = await newest()
  const key = await reveal(portal, app.id, first?.id ?? newId('crd', 0))
  const answer = await portal.request(`${paths.gateway(product.slug, product.apiSlug)}/anything`, {
    headers: { 'x-api-key': key },
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain(key)
  // A refused call is kept for its owner.
  const refused = await portal.request(`${paths.gateway('elsewhere', 'main')}/things`, {
    headers: { 'x-api-key': key },
  })
  expect(await canary.seen(refused)).toBe(403)
  await flushUsage(env)
  await runDurableObjectAlarm(env.LIMITER.get(env.LIMITER.idFromName(first?.id ?? '')))
  const refusals = await portal.get(paths.dashboard.refusedCalls(app.id))
  expect(refusals.html).toContain('/gateway/elsewhere/main/things')
  await canary.visit(portal, refusals.path)

  await canary.seen(
    await portal.post(paths.dashboard.rotateCredential(app.id, first?.id ?? ''), { overlap: 'day' }),
  )
  const rotated = (await newest()).find(({ id }) => id !== first?.id)
  const newKey = await reveal(portal, app.id, rotated?.id ?? newId('crd', 0))
  expect(newKey).not.toBe(key)
  await canary.visit(portal, paths.dashboard.app(app.id), paths.dashboard.apps, paths.dashboard.activity)
  await canary.expectNowhere({ password, key, newKey })
}, 60_000)

test('the secret of an OAuth client and its access token are nowhere but in the answers that hand them out', async () => {
  const canary = watch()
  const owner = await world.superAdmin()
  const it = await client({ owner })
  const portal = await signedIn(owner)
  await canary.seen(
    await portal.post(paths.dashboard.rotateCredential(it.appId, it.credentialId), { overlap: 'day' }),
  )
  const rows = await db.select().from(credentials).where(eq(credentials.appId, it.appId))
  const rotated = rows.find(({ id }) => id !== it.credentialId)
  const shown = await portal.post(paths.dashboard.revealCredential(it.appId, rotated?.id ?? ''))
  const newSecret = /prt_secret_[0-9A-Za-z]{38}/.exec(await shown.text())?.[0] ?? ''

  const answer = await askWorker(`${origin}${paths.oauth.token}`, tokenRequest({ ...it, secret: newSecret }))
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const called = await portal.request(`${it.base}/anything`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await canary.seen(called)).toBe(200)
  const wrong = tokenRequest({ clientId: it.clientId, secret: `${newSecret}x` }, { scope: token })
  expect(await canary.seen(await askWorker(`${origin}${paths.oauth.token}`, wrong))).toBe(401)
  const broken = `${token.slice(0, -4)}AAAA`
  await canary.seen(await portal.request(`${it.base}/x`, { headers: { authorization: `Bearer ${broken}` } }))
  await canary.seen(await portal.request(`${it.base}/x?access_token=${token}`))

  const minted = await portal.post(paths.dashboard.tokenForCall(it.appId, rotated?.id ?? ''))
  expect(minted.headers.get('cache-control')).toContain('no-store')
  const { secret: tokenForCall } = (await minted.json()) as { secret: string }
  await flushUsage(env)
  await canary.visit(portal, paths.dashboard.app(it.appId), paths.dashboard.apps, paths.dashboard.activity)
  await canary.expectNowhere({
    secret: it.secret,
    newSecret,
    token,
    tokenForCall,
    signature: token.split('.')[2] ?? '',
  })
}, 60_000)

test('a password that is reset and one that is changed, and the token of the reset, are nowhere', async () => {
  const canary = watch()
  const person = await world.developer()
  const mailbox = new Portal()
  await canary.seen(await mailbox.post(paths.auth.reset, { email: person.email }))
  const token = await foundInMail('Reset your password', /reset\/code\?token=([\w-]{43})/)
  const form = await mailbox.get(`${paths.auth.resetCode}?token=${token}`)
  const redemptionId = hidden(form.html, 'redemptionId')
  await canary.seen(await mailbox.post(paths.auth.resetCode, { redemptionId, ...again(password) }))
  const portal = new Portal()
  const { email } = person
  expect(await canary.seen(await portal.post(paths.auth.login(), { email, password }))).toBe(303)

  const change = { currentPassword: password, ...again(newPassword) }
  const refused = { ...change, currentPassword: `${password}-wrong` }
  expect(await canary.seen(await portal.post(paths.auth.changePassword, refused))).toBe(422)
  expect(await canary.seen(await portal.post(paths.auth.changePassword, change))).toBe(303)
  await canary.visit(portal, paths.dashboard.profile, paths.auth.changePassword, paths.dashboard.ownData)
  const [user] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(user?.passwordHash).toMatch(/^\$scrypt\$/)
  await canary.expectNowhere({ token, password, newPassword })
}, 60_000)

test('a password that an admin sets and the one that replaces it are nowhere', async () => {
  const canary = watch()
  const admin = await signedIn(await world.admin())
  const email = 'given@people.example'
  const added = await admin.post(paths.admin.newUser, {
    email,
    firstName: 'Gi',
    lastName: 'Ven',
    organizationId: 'org_default',
    orgRole: 'team_member',
    teamIds: [],
    setPassword: 'on',
    mustChangePassword: 'on',
    ...again(password),
  })
  expect(await canary.seen(added)).toBe(303)
  await canary.visit(admin, added.headers.get('location') ?? '')
  const portal = new Portal()
  await canary.seen(await portal.post(paths.auth.login(), { email, password }))
  const change = { currentPassword: password, ...again(newPassword) }
  expect(await canary.seen(await portal.post(paths.auth.changePassword, change))).toBe(303)
  await canary.expectNowhere({ password, newPassword })
}, 60_000)

test('the tokens of an invitation, of a verified address and of a changed address are nowhere', async () => {
  const canary = watch()
  const admin = await signedIn(await world.admin())
  await canary.seen(
    await admin.post(paths.admin.newAdmin, {
      email: 'new-admin@people.example',
      firstName: 'Ad',
      lastName: 'Min',
    }),
  )
  const invitation = await foundInMail(
    'You are invited to administer Developer portal',
    /invite\?token=([\w-]{43})/,
  )
  const invited = new Portal()
  const page = await invited.get(`${paths.auth.invite}?token=${invitation}`)
  const redemptionId = hidden(page.html, 'redemptionId')
  expect(await canary.seen(await invited.post(paths.auth.invite, { redemptionId, ...again(password) }))).toBe(
    303,
  )

  await world.setSettings({ autoApproveDevelopers: true, requireEmailVerification: true })
  const person = { email: 'verified@people.example', firstName: 'Ve', lastName: 'Rified' }
  await canary.seen(await new Portal().post(paths.auth.register, { ...person, ...again(password) }))
  const verification = await foundInMail('Confirm your email address', /verify\?token=([\w-]{43})/)
  await canary.visit(new Portal(), `${paths.auth.verify}?token=${verification}`)

  const mover = await world.developer()
  const portal = await signedIn(mover)
  const move = { email: 'moved@people.example', currentPassword: world.password }
  expect(await canary.seen(await portal.post(paths.dashboard.changeEmail, move))).toBe(303)
  const change = await foundInMail('Confirm your new email address', /confirm-email\?token=([\w-]{43})/)
  await canary.visit(portal, `${paths.auth.confirmEmail}?token=${change}`)
  await canary.expectNowhere({ password, invitation, verification, change })
}, 60_000)

test('the secret of an authenticator app, its code and the recovery codes are nowhere once they were shown', async () => {
  const canary = watch()
  const person = await world.developer()
  const portal = await signedIn(person)
  const begin = { currentPassword: world.password }
  expect(await canary.seen(await portal.post(paths.dashboard.addAuthenticator, begin))).toBe(303)
  const shown = await portal.get(paths.dashboard.confirmAuthenticator)
  const secret = (/(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(shown.html)?.[0] ?? '').replaceAll(' ', '')
  const factorCode = codeAt(secret, Date.now())
  const confirmed = await portal.post(paths.dashboard.confirmAuthenticator, { factorCode })
  const recovery = /[0-9a-z]{6}(?:-[0-9a-z]{6}){3}/.exec(await confirmed.text())?.[0] ?? ''
  await canary.visit(portal, paths.dashboard.twoFactor, paths.dashboard.profile)
  const entering = new Portal()
  const { email } = person
  await canary.seen(await entering.post(paths.auth.login(), { email, password: world.password }))
  await canary.seen(await entering.post(paths.auth.twoFactor({ with: 'recovery' }), { factorCode: recovery }))
  await drainEvents()
  await canary.expectNowhere({ secret, 'recovery code': recovery })
}, 60_000)

test('the secrets of a webhook are nowhere but where they are shown, and no secret of anybody is in a webhook', async () => {
  const canary = watch()
  const admin = await signedIn(await world.admin())
  const { webhooks } = paths.admin
  const host = 'canary.hook.test'
  const shown = async (answer: Response) => {
    expect(answer.headers.get('cache-control')).toContain('no-store')
    return answer.text()
  }
  const added = await shown(
    await admin.post(webhooks.add, { url: `https://${host}/in`, description: '', events: 'all' }),
  )
  const secretIn = (html: string) => /whsec_([A-Za-z0-9+/]{43}=)/.exec(html)?.[1] ?? ''
  const id = /whk_[0-9A-Z]+/.exec(added)?.[0] ?? ''
  const rotated = secretIn(await shown(await admin.post(webhooks.rotate(id))))
  const person = await world.developer()
  const mailbox = new Portal()
  await mailbox.post(paths.auth.reset, { email: person.email })
  const registered = { email: 'hooked@people.example', firstName: 'Ho', lastName: 'Oked' }
  await mailbox.post(paths.auth.register, { ...registered, ...again(password) })
  for (const { id: eventId } of await db.select({ id: events.id }).from(events)) await pumpEvent(eventId)
  const token = await foundInMail('Reset your password', /reset\/code\?token=([\w-]{43})/)
  const got = await received(host)
  expect(got.length).toBeGreaterThan(2)
  for (const { body } of got) {
    expect(body).not.toMatch(/hooked@people\.example|Oked/)
    await canary.seen(new Response(body))
  }
  const tested = await admin.post(webhooks.test(id))
  await canary.visit(admin, webhooks.list, webhooks.one(id), tested.headers.get('location') ?? '')
  await canary.expectNowhere({ secret: secretIn(added), rotated, password, token })
}, 60_000)
