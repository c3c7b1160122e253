// OAuth clients as credentials: how one is asked for and issued, what is kept of it, and how its secret is rotated.
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { grantAccess } from '~/domain/access-requests/grant-access.server'
import { getCart } from '~/domain/access-requests/queries-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { isWellFormedClientId, isWellFormedClientSecret } from '~/domain/apps/credential-key'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { getCallingKeys } from '~/domain/apps/queries-keys.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { clientGrant } from '~/domain/gateway/client-grant'
import { issueTokenForCall } from '~/domain/gateway/issue-token-for-call.server'
import { findCredentialSnapshot } from '~/domain/gateway/queries.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import { sha256Hex } from '~/platform/encoding'
import { apis, credentials, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { client } from '~test/support/credentials'
import { type Offer, offer, submission } from '~test/support/requests'
import * as world from '~test/support/world'

async function oauthOffer(accepts: 'oauth' | 'both' = 'both'): Promise<Offer> {
  const of = await offer()
  await db
    .update(apis)
    .set({ acceptsOauth: true, acceptsApiKey: accepts === 'both' })
    .where(eq(apis.productId, of.product.id))
  return of
}

async function asked(actor: DeveloperActor, of: Offer, plan: 'auto' | 'manual') {
  const ctx = contextFor(actor)
  await addToCart(ctx, { catalogId: of.catalog.id, productId: of.product.id })
  const app = await world.app(actor)
  const sent = await submitAccessRequest(
    ctx,
    submission(of, app.id, { planId: of[plan].id, credentialType: 'oauth_client' }),
  )
  if (!sent.ok) throw new Error(sent.error.message)
  return sent.value
}

const clientsOf = (appId: Id<'app'>) => db.select().from(credentials).where(eq(credentials.appId, appId))

async function secretOf(actor: DeveloperActor, appId: Id<'app'>, credentialId: Id<'crd'>): Promise<string> {
  const answer = await revealCredential(contextFor(actor), appId, credentialId)
  return answer.ok ? answer.value.secret : ''
}

async function grants(secret: string, clientId: string, now = Date.now()): Promise<string> {
  const snapshot = await findCredentialSnapshot(db, await sha256Hex(secret))
  const granted = clientGrant(snapshot, { clientId, scope: null }, now)
  return granted.ok ? 'granted' : granted.error
}

test('a product that takes OAuth only makes a section of its own, one that takes both lets one choose', async () => {
  const actor = await world.superAdmin()
  const both = await oauthOffer('both')
  const only = await world.product([both.catalog.id])
  const keys = await world.product([both.catalog.id])
  await db.update(apis).set({ acceptsApiKey: false, acceptsOauth: true }).where(eq(apis.productId, only.id))
  for (const productId of [both.product.id, only.id, keys.id])
    await addToCart(contextFor(actor), { catalogId: both.catalog.id, productId })
  const { sections } = await getCart(contextFor(actor))
  const types = sections.map((section) => [section.items[0]?.id, section.credentialTypes])
  expect(new Map(types as [string, string[]][])).toEqual(
    new Map([
      [both.product.id, ['api_key', 'oauth_client']],
      [only.id, ['oauth_client']],
      [keys.id, ['api_key']],
    ]),
  )
  expect(new Set(sections.map((section) => section.submissionId)).size).toBe(3)
})

test.each(['auto', 'manual'] as const)(
  'an approved request (%s) gives the app a client: an ID in the clear, a secret that is sealed and hashed',
  async (plan) => {
    const actor = await world.superAdmin()
    const of = await oauthOffer()
    const { appId, requestId } = await asked(actor, of, plan)
    if (plan === 'manual') await approveAccessRequest(contextFor(await world.admin()), requestId)
    const [row] = await clientsOf(appId)
    if (!row?.clientId) throw new Error('no client')
    expect(row).toMatchObject({ type: 'oauth_client', state: 'active', name: `${of[plan].name} client` })
    expect(isWellFormedClientId(row.clientId)).toBe(true)
    const secret = await secretOf(actor, appId, row.id)
    expect(isWellFormedClientSecret(secret)).toBe(true)
    expect(row.secretHash).toBe(await sha256Hex(secret))
    expect(row.hint).toBe(secret.slice(-4))
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(await grants(secret, row.clientId)).toBe('granted')
    const [issued] = await db
      .select({ data: events.data })
      .from(events)
      .where(and(eq(events.subjectId, row.id), eq(events.type, 'credential.issued')))
    expect(issued?.data).toMatchObject({
      credential: row.name,
      hint: row.hint,
      credentialType: 'oauth_client',
      products: [of.product.name],
    })
  },
)

test('an admin gives an app a client, and not one for a product that takes none', async () => {
  const owner = await world.superAdmin()
  const app = await world.app(owner)
  const admin = contextFor(await world.admin())
  const of = await oauthOffer()
  const keysOnly = await offer()
  const input = (from: Offer) => ({
    submissionId: crypto.randomUUID(),
    catalogId: from.catalog.id,
    productIds: [from.product.id],
    planId: from.manual.id,
    credentialType: 'oauth_client' as const,
  })
  expect(await grantAccess(admin, app.id, input(keysOnly))).toMatchObject({
    error: { code: 'not_requestable' },
  })
  expect(await grantAccess(admin, app.id, input(of))).toMatchObject({ ok: true })
  expect(await clientsOf(app.id)).toMatchObject([{ type: 'oauth_client', state: 'active' }])
})

test('a product takes only the credential types that its APIs take, also when that changes in between', async () => {
  const actor = await world.superAdmin()
  const ctx = contextFor(actor)
  const app = await world.app(actor)
  const keysOnly = await offer()
  await addToCart(ctx, { catalogId: keysOnly.catalog.id, productId: keysOnly.product.id })
  const asClient = submission(keysOnly, app.id, { credentialType: 'oauth_client' })
  expect(await submitAccessRequest(ctx, asClient)).toMatchObject({ error: { code: 'cart_changed' } })
  const oauthOnly = await oauthOffer('oauth')
  await addToCart(ctx, { catalogId: oauthOnly.catalog.id, productId: oauthOnly.product.id })
  expect(await submitAccessRequest(ctx, submission(oauthOnly, app.id))).toMatchObject({
    error: { code: 'cart_changed' },
  })
  expect(await clientsOf(app.id)).toEqual([])
})

test('of forty who approve one request at once, one does, and one client exists', async () => {
  const actor = await world.superAdmin()
  const { appId, requestId } = await asked(actor, await oauthOffer(), 'manual')
  const admin = await world.admin()
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => approveAccessRequest(contextFor(admin), requestId)),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await clientsOf(appId)).toHaveLength(1)
})

test('a rotation keeps the client ID: both secrets work through the overlap, then the new one alone', async () => {
  const old = await client()
  const ctx = contextFor(old.owner)
  const rotated = await rotateCredential(ctx, old.appId, old.credentialId, { overlap: 'hour' })
  if (!rotated.ok) throw new Error(rotated.error.message)
  const newId = rotated.value.credentialId
  const [row] = await db.select().from(credentials).where(eq(credentials.id, newId))
  expect(row).toMatchObject({ type: 'oauth_client', clientId: old.clientId, state: 'active' })
  const secret = await secretOf(old.owner, old.appId, newId)
  expect(await grants(old.secret, old.clientId)).toBe('granted')
  expect(await grants(secret, old.clientId)).toBe('granted')
  expect(await grants(old.secret, old.clientId, ctx.now + 3_600_000)).toBe('invalid_client')
  expect(await grants(secret, old.clientId, ctx.now + 3_600_000)).toBe('granted')
})

test('of forty who rotate one secret at once, one does, and the client has one active secret', async () => {
  const old = await client()
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      rotateCredential(contextFor(old.owner), old.appId, old.credentialId, { overlap: 'day' }),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const rows = await clientsOf(old.appId)
  expect(rows.map(({ state }) => state).sort()).toEqual(['active', 'retiring'])
})

test('revoking a client ends its old secrets too, revoking an old secret ends that one alone', async () => {
  for (const which of ['new', 'old'] as const) {
    const old = await client()
    const ctx = contextFor(old.owner)
    const rotated = await rotateCredential(ctx, old.appId, old.credentialId, { overlap: 'day' })
    if (!rotated.ok) throw new Error(rotated.error.message)
    const newId = rotated.value.credentialId
    const newSecret = await secretOf(old.owner, old.appId, newId)
    await revokeCredential(contextFor(old.owner), old.appId, which === 'new' ? newId : old.credentialId)
    expect(await grants(old.secret, old.clientId)).toBe('invalid_client')
    expect(await grants(newSecret, old.clientId)).toBe(which === 'new' ? 'invalid_client' : 'granted')
  }
})

test('a revoked client gets no token, and its secret is not kept', async () => {
  const it = await client()
  expect(await revokeCredential(contextFor(it.owner), it.appId, it.credentialId)).toMatchObject({
    ok: true,
    value: { type: 'oauth_client' },
  })
  expect(await grants(it.secret, it.clientId)).toBe('invalid_client')
  expect(await clientsOf(it.appId)).toMatchObject([{ state: 'revoked', secretCipher: null }])
})

test('the page of the app shows the client ID and the APIs that take tokens', async () => {
  const it = await client({ only: true })
  const page = await getAppPage(contextFor(it.owner), it.appId)
  expect(page.credentials).toMatchObject([{ type: 'oauth_client', clientId: it.clientId }])
})

test('Try it is offered a client where the API takes tokens, also when its secret is shown once only', async () => {
  const it = await client({ row: { showOnce: true } })
  const slug = it.base.split('/')[2] ?? ''
  const offered = () => getCallingKeys(contextFor(it.owner), slug, 'main')
  expect((await offered()).keys).toMatchObject([
    { credentialId: it.credentialId, type: 'oauth_client', canBeFetched: true },
  ])
  await db
    .update(apis)
    .set({ acceptsOauth: false, acceptsApiKey: true })
    .where(eq(apis.productId, it.productId))
  expect((await offered()).keys).toEqual([])
})

test('a token for a call is granted to whoever may see the secret, as an event, and never hands out the secret', async () => {
  const it = await client()
  const ctx = contextFor(it.owner)
  expect(await issueTokenForCall(ctx, it.appId, it.credentialId)).toEqual({
    ok: true,
    value: { clientId: it.clientId, credentialId: it.credentialId, scope: null, lifetime: 600 },
  })
  const recorded = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, it.credentialId), eq(events.type, 'credential.token_issued')))
  expect(recorded).toHaveLength(1)
  expect(recorded[0]?.actorId).toBe(it.owner.userId)
  expect(await revealCredential(ctx, it.appId, it.credentialId, 'call')).toMatchObject({
    error: { code: 'not_found' },
  })
  const stranger = contextFor(await world.superAdmin())
  expect(await issueTokenForCall(stranger, it.appId, it.credentialId)).toMatchObject({
    error: { code: 'not_found' },
  })
  await revokeCredential(ctx, it.appId, it.credentialId)
  expect(await issueTokenForCall(ctx, it.appId, it.credentialId)).toMatchObject({
    error: { code: 'secret_unavailable' },
  })
})
