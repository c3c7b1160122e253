import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { credentialStateAt } from '~/domain/apps/credential'
import { isWellFormedApiKey } from '~/domain/apps/credential-key'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { periodStarts } from '~/domain/catalog/quota-period'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { NotFoundError } from '~/domain/kernel/errors'
import { newId } from '~/domain/kernel/ids'
import { countedDatabase } from '~/platform/database'
import {
  accessRequests,
  apiDocuments,
  apiOperations,
  apis,
  credentials,
  events,
  usageHours,
  users,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { approvedRequest } from '~test/support/credentials'
import { granted, requested, submission } from '~test/support/requests'
import * as world from '~test/support/world'

async function withKey(actor: DeveloperActor, visibility: 'personal' | 'organization' = 'organization') {
  const app = await world.app(actor, { visibility })
  const access = await granted(actor, { app: app.id })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, app.id))
  if (!credential) throw new Error('no credential')
  return { ...access, app, credential }
}

const eventsOf = async (appId: `app_${string}`, type: string) =>
  (await db.select().from(events).where(eq(events.appId, appId))).filter((event) => event.type === type)

test('a developer of the app is shown the key that the gateway knows, and each time is an event without it', async () => {
  const actor = await world.superAdmin()
  const { app, credential } = await withKey(actor)
  const ctx = contextFor(actor)
  const shown = await revealCredential(ctx, app.id, credential.id)
  if (!shown.ok) throw new Error(shown.error.message)
  expect(isWellFormedApiKey(shown.value.secret)).toBe(true)
  expect(await ctx.tokens.hash(shown.value.secret)).toBe(credential.secretHash)
  await revealCredential(ctx, app.id, credential.id)
  const told = await eventsOf(app.id, 'credential.revealed')
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    actorId: actor.userId,
    organizationId: actor.organizationId,
    subjectId: credential.id,
    data: { hint: credential.hint },
  })
  expect(JSON.stringify(told)).not.toContain(shown.value.secret)
  expect(ctx.announced).toHaveLength(2)
})

test('nobody else is shown it: another organization, a super admin for a personal app, another app’s address, a changed account', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const boss = await world.superAdmin({ organizationId: organization.id })
  const { app, credential } = await withKey(owner, 'personal')
  const other = await world.app(owner)
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, owner.userId))
  for (const [actor, appId] of [
    [boss, app.id],
    [await world.superAdmin(), app.id],
    [boss, other.id],
    [owner, app.id],
  ] as const) {
    const result = await revealCredential(contextFor(actor), appId, credential.id)
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect(await eventsOf(app.id, 'credential.revealed')).toEqual([])
})

test('a key that is shown once is shown to one of 40, and then erased', { timeout: 60_000 }, async () => {
  const actor = await world.superAdmin()
  const { app, credential } = await withKey(actor)
  await db.update(credentials).set({ showOnce: true }).where(eq(credentials.id, credential.id))
  const results = await Promise.all(
    Array.from({ length: 40 }, () => revealCredential(contextFor(actor), app.id, credential.id)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.error.code])))).toEqual(
    new Set(['secret_unavailable']),
  )
  expect(await eventsOf(app.id, 'credential.revealed')).toHaveLength(1)
  const [row] = await db.select().from(credentials).where(eq(credentials.id, credential.id))
  expect(row).toMatchObject({ secretCipher: null, state: 'active' })
})

test('a key that is shown once is not spent on a call; any other is handed out for one, which is told as a reveal', async () => {
  const actor = await world.superAdmin()
  const { app, credential } = await withKey(actor)
  const lent = await revealCredential(contextFor(actor), app.id, credential.id, 'call')
  expect(lent.ok && isWellFormedApiKey(lent.value.secret)).toBe(true)
  expect(await eventsOf(app.id, 'credential.revealed')).toHaveLength(1)
  await db.update(credentials).set({ showOnce: true }).where(eq(credentials.id, credential.id))
  const refused = await revealCredential(contextFor(actor), app.id, credential.id, 'call')
  expect(refused.ok || refused.error.code).toBe('secret_unavailable')
  expect(await eventsOf(app.id, 'credential.revealed')).toHaveLength(1)
  expect((await revealCredential(contextFor(actor), app.id, credential.id)).ok).toBe(true)
})

test('of 40 who revoke a key at once one does; the gateway is told each time, and access ends with the key', {
  timeout: 60_000,
}, async () => {
  const actor = await world.superAdmin()
  const { app, credential, requestId, of } = await withKey(actor)
  const forgotten: string[] = []
  const results = await Promise.all(
    Array.from({ length: 40 }, () =>
      revokeCredential(
        { ...contextFor(actor), forgetCredential: (id) => forgotten.push(id) },
        app.id,
        credential.id,
      ),
    ),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(forgotten).toHaveLength(40)
  expect(await eventsOf(app.id, 'credential.revoked')).toHaveLength(1)
  expect(await eventsOf(app.id, 'access_request.revoked')).toHaveLength(1)
  const [row] = await db.select().from(credentials).where(eq(credentials.id, credential.id))
  expect(row).toMatchObject({ state: 'revoked', revokedById: actor.userId, secretCipher: null })
  expect((await db.select().from(accessRequests).where(eq(accessRequests.id, requestId)))[0]?.state).toBe(
    'revoked',
  )
  const shown = await revealCredential(contextFor(actor), app.id, credential.id)
  expect(shown.ok || shown.error.code).toBe('secret_unavailable')
  await addToCart(contextFor(actor), { catalogId: of.catalog.id, productId: of.product.id })
  expect(
    (await submitAccessRequest(contextFor(actor), submission(of, app.id, { planId: of.auto.id }))).ok,
  ).toBe(true)
})

test('access that another key still serves outlives a revoked key', async () => {
  const actor = await world.superAdmin()
  const first = await withKey(actor)
  const second = await granted(actor, { app: first.app.id })
  const [other] = (await db.select().from(credentials).where(eq(credentials.appId, first.app.id))).filter(
    (row) => row.id !== first.credential.id,
  )
  await approvedRequest({
    appId: first.app.id,
    owner: actor,
    catalogId: first.of.catalog.id,
    credentialId: first.credential.id,
    productId: second.of.product.id,
  })
  await env.DB.prepare('insert into credential_requests (credential_id, request_id) values (?, ?)')
    .bind(other?.id, first.requestId)
    .run()
  await revokeCredential(contextFor(actor), first.app.id, first.credential.id)
  expect(
    (await db.select().from(accessRequests).where(eq(accessRequests.id, first.requestId)))[0]?.state,
  ).toBe('approved')
})

test('revoking a key against the end of its access: one of each event, nothing left alive', {
  timeout: 60_000,
}, async () => {
  const admin = await world.admin()
  for (let round = 0; round < 6; round += 1) {
    const actor = await world.superAdmin()
    const { app, credential, requestId } = await withKey(actor)
    await Promise.all([
      ...Array.from({ length: 5 }, () => revokeCredential(contextFor(actor), app.id, credential.id)),
      ...Array.from({ length: 5 }, () => revokeAccessRequest(contextFor(admin), requestId)),
    ])
    expect(await eventsOf(app.id, 'credential.revoked')).toHaveLength(1)
    expect(await eventsOf(app.id, 'access_request.revoked')).toHaveLength(1)
  }
})

test('a key is revoked by whoever may manage its app, and by nobody else', async () => {
  const organization = await world.organization()
  const owner = await world.developer({ organizationId: organization.id })
  const { app, credential } = await withKey(owner, 'personal')
  for (const stranger of [
    await world.superAdmin(),
    await world.developer({ organizationId: organization.id }),
  ]) {
    const result = await revokeCredential(contextFor(stranger), app.id, credential.id)
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect(
    (
      await revokeCredential(
        contextFor(await world.superAdmin({ organizationId: organization.id })),
        app.id,
        credential.id,
      )
    ).ok,
  ).toBe(true)
})

test('the app’s page is read in one trip, with access, requests, usage and activity, and no secret', async () => {
  const actor = await world.superAdmin()
  const { app, credential, of } = await withKey(actor)
  await requested(actor, { app: app.id })
  const documentId = newId('doc', Date.now())
  await db.insert(apiDocuments).values({
    id: documentId,
    apiId: of.product.apiId,
    format: 'json',
    openapiVersion: '3.1.0',
    title: 'T',
    version: '1',
    descriptionHtml: '',
    overview: {},
    sizeBytes: 1,
    sha256: 'x',
    operationCount: 2,
    createdAt: 1,
  })
  await db.insert(apiOperations).values([
    {
      documentId,
      slug: 'one',
      method: 'get',
      path: '/things/{id}',
      tag: '',
      summary: '',
      position: 0,
      detail: {},
    },
    {
      documentId,
      slug: 'two',
      method: 'get',
      path: '/things',
      tag: '',
      summary: '',
      position: 1,
      detail: {},
    },
  ])
  await db.update(apis).set({ documentId }).where(eq(apis.id, of.product.apiId))
  const now = Date.UTC(2026, 10, 24, 12, 30)
  const hour = (at: number, calls: number) => ({
    credentialId: credential.id,
    apiId: of.product.apiId,
    hour: at,
    statusClass: 2,
    appId: app.id,
    organizationId: actor.organizationId,
    calls,
    under50Ms: calls,
    under250Ms: 0,
    under1000Ms: 0,
    slower: 0,
  })
  await db
    .insert(usageHours)
    .values([
      hour(Date.UTC(2026, 10, 24, 12), 1),
      hour(Date.UTC(2026, 10, 24, 3), 2),
      hour(Date.UTC(2026, 10, 23, 3), 4),
      hour(Date.UTC(2026, 10, 2), 8),
      hour(Date.UTC(2026, 9, 31, 23), 16),
    ])
  const counted = countedDatabase(env.DB)
  const page = await getAppPage({ ...contextFor(actor, now), db: counted.db }, app.id)
  expect(counted.trips()).toBe(1)
  expect(page.canSeeSecrets).toBe(true)
  expect(page.credentials).toHaveLength(1)
  expect(page.credentials[0]).toMatchObject({
    id: credential.id,
    hasSecret: true,
    usage: { hour: 1, day: 3, week: 7, month: 15 },
    requests: [
      {
        planName: of.auto.name,
        products: [{ name: of.product.name, apis: [{ slug: 'main', examplePath: '/things' }] }],
      },
    ],
  })
  expect(page.requests).toMatchObject([{ state: 'pending' }])
  expect(page.activity.map((event) => event.type)).toEqual([
    'access_request.submitted',
    'credential.issued',
    'access_request.approved',
    'access_request.submitted',
  ])
  const text = JSON.stringify(page)
  for (const secret of [credential.secretHash, credential.secretCipher ?? ''])
    expect(text).not.toContain(secret)
})

test('an app of somebody else is not there', async () => {
  const { app } = await withKey(await world.superAdmin())
  await expect(getAppPage(contextFor(await world.superAdmin()), app.id)).rejects.toThrow(NotFoundError)
})

test('the clock ends a key: expired and retired ones do not count as working', () => {
  const key = { state: 'active', expiresAt: 1000, retiresAt: null } as const
  expect(credentialStateAt(key, 999)).toBe('active')
  expect(credentialStateAt(key, 1000)).toBe('expired')
  expect(credentialStateAt({ state: 'retiring', expiresAt: null, retiresAt: 5 }, 5)).toBe('revoked')
})

test('weeks begin on Monday, days and months at midnight, all in UTC', () => {
  expect(periodStarts(Date.UTC(2026, 10, 22, 23, 59))).toEqual({
    hour: Date.UTC(2026, 10, 22, 23),
    day: Date.UTC(2026, 10, 22),
    week: Date.UTC(2026, 10, 16),
    month: Date.UTC(2026, 10, 1),
  })
  expect(periodStarts(Date.UTC(2026, 10, 23)).week).toBe(Date.UTC(2026, 10, 23))
})
