import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { editApi } from '~/domain/catalog/edit-api.server'
import { addGateway } from '~/domain/gateway/add-gateway.server'
import { chooseApiGateway } from '~/domain/gateway/choose-api-gateway.server'
import { deleteGateway } from '~/domain/gateway/delete-gateway.server'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import { getApiGateway } from '~/domain/gateway/queries-gateways.server'
import { resealGateways } from '~/domain/gateway/reseal-gateways.server'
import { resynchronizeGateway } from '~/domain/gateway/resynchronize-gateway.server'
import type { EventId } from '~/domain/kernel/ids'
import { createVault } from '~/platform/vault'
import { apis, credentials, events } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { credential } from '~test/support/credentials'
import {
  deliverAll,
  externalKey,
  gateway,
  keyRow,
  tykSecret,
  tykState,
} from '~test/support/external-gateways'
import { interleaved } from '~test/support/interleaving'
import { consume, deliver, eventOf, messageFor } from '~test/support/notifications'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

type Key = Awaited<ReturnType<typeof externalKey>>

const approvalOf = (key: Key) =>
  eventOf({
    type: 'access_request.approved',
    subjectType: 'access_request',
    subjectId: key.requestId,
    appId: key.appId,
    organizationId: key.organizationId,
  })

const sessionOf = async (key: Key) => (await tykState(key.gateway.host)).keys[key.name]

test('resynchronizing tells every key in bounded steps, and of forty who press it one is heard', async () => {
  const key = await externalKey()
  for (let at = 0; at < 27; at += 1) {
    const other = await credential({ productId: key.productId })
    const secretCipher = await contextFor(system).vault.seal(other.key, other.credentialId)
    await db.update(credentials).set({ secretCipher }).where(eq(credentials.id, other.credentialId))
  }
  const admin = await world.admin()
  const pressed = await Promise.all(
    Array.from({ length: 40 }, () => resynchronizeGateway(contextFor(admin), key.gateway.id)),
  )
  const heard = pressed.flatMap((result) => (result.ok ? [result.value.eventId] : []))
  expect(heard).toHaveLength(1)
  const enqueued: EventId[] = []
  const sendBatch = async (messages: Iterable<{ body: { eventId: EventId } }>) => {
    enqueued.push(...[...messages].map((message) => message.body.eventId))
  }
  const collecting = { ...env, EVENTS: { sendBatch } as unknown as Queue }
  await consume([messageFor(heard[0] ?? '')], { env: collecting })
  expect(Object.keys((await tykState(key.gateway.host)).keys)).toHaveLength(25)
  expect(enqueued).toEqual(heard)
  await consume([messageFor(heard[0] ?? '')], { env: collecting })
  expect(Object.keys((await tykState(key.gateway.host)).keys)).toHaveLength(28)
  expect(enqueued).toEqual(heard)
  expect(await resynchronizeGateway(contextFor(admin), key.gateway.id)).toMatchObject({ ok: true })
})

test('an API that goes back to the built-in gateway takes its keys with it', async () => {
  const key = await externalKey()
  await deliver(await approvalOf(key))
  const portal = new Portal()
  const call = () => portal.request(`${key.base}/things`, { headers: { authorization: `Bearer ${key.key}` } })
  const refused = await call()
  expect(refused.status).toBe(404)
  expect(await refused.json()).toMatchObject({
    code: 'unknown_api',
    detail: `Another gateway serves this API. Call it at https://api.${key.gateway.host}/orders.`,
  })
  const ctx = contextFor(await world.admin())
  const back = await chooseApiGateway(ctx, key.productId, key.apiId ?? 'api_none', { gateway: 'built_in' })
  expect(back).toMatchObject({ ok: true })
  await deliverAll(ctx.announced)
  expect(await sessionOf(key)).toBeUndefined()
  expect(await keyRow(key.credentialId, key.gateway.id)).toBeNull()
})

test('choosing a gateway tells it of everybody who has access, and it takes API keys only', async () => {
  const key = await credential()
  const secretCipher = await contextFor(system).vault.seal(key.key, key.credentialId)
  await db.update(credentials).set({ secretCipher }).where(eq(credentials.id, key.credentialId))
  const at = await gateway()
  const admin = await world.admin()
  const apiId = key.apiId ?? 'api_none'
  const choice = { gateway: at.id, externalApiId: 'orders', listenPath: '/orders/' } as const
  await db.update(apis).set({ acceptsOauth: true }).where(eq(apis.id, apiId))
  expect(await chooseApiGateway(contextFor(admin), key.productId, apiId, choice)).toMatchObject({
    error: { fields: { gateway: [expect.stringContaining('API keys only')] } },
  })
  await db.update(apis).set({ acceptsOauth: false }).where(eq(apis.id, apiId))
  const ctx = contextFor(admin)
  expect(await chooseApiGateway(ctx, key.productId, apiId, choice)).toMatchObject({ ok: true })
  await deliverAll(ctx.announced)
  expect((await tykState(at.host)).keys[`org1:${key.key}`]).toBeDefined()

  const edited = await editApi(contextFor(admin), key.productId, apiId, {
    name: 'Main API',
    slug: 'main',
    version: '1.0.0',
    upstreamUrl: 'https://upstream.test/v1',
    accepts: ['api_key', 'oauth_client'],
  })
  expect(edited).toMatchObject({ error: { code: 'in_use', fields: { accepts: [expect.any(String)] } } })
  const other = await world.product([key.catalogId])
  expect(await chooseApiGateway(contextFor(admin), other.id, other.apiId, choice)).toMatchObject({
    error: { fields: { externalApiId: ['Another API has this API ID at this gateway.'] } },
  })
})

test('OAuth and an external gateway are never chosen for one API, whoever is first by a moment', async () => {
  const at = await gateway()
  const admin = await world.admin()
  const catalog = await world.catalog()
  for (const first of ['gateway', 'oauth']) {
    const { id, apiId } = await world.product([catalog.id])
    const edit = (ctx = contextFor(admin)) =>
      editApi(ctx, id, apiId, {
        name: 'Main API',
        slug: 'main',
        version: '1.0.0',
        upstreamUrl: 'https://upstream.test/v1',
        accepts: ['api_key', 'oauth_client'],
      })
    const choose = (ctx = contextFor(admin)) =>
      chooseApiGateway(ctx, id, apiId, { gateway: at.id, externalApiId: apiId, listenPath: '/orders/' })
    const late = interleaved(contextFor(admin), 'before', first === 'gateway' ? () => choose() : () => edit())
    expect(await (first === 'gateway' ? edit(late) : choose(late))).toMatchObject({ ok: false })
    const [api] = await db.select().from(apis).where(eq(apis.id, apiId))
    const { chosen } = await getApiGateway(contextFor(admin), id, apiId)
    expect([api?.acceptsOauth, chosen !== null]).toEqual([first === 'oauth', first === 'gateway'])
  }
})

test('a sealed secret goes to no address but the one that it was given for', async () => {
  const ctx = contextFor(await world.admin())
  const input = {
    name: `Gateway ${crypto.randomUUID()}`,
    kind: 'tyk',
    baseUrl: 'https://one.tyk.test/',
    externalOrgId: 'org1',
    publicUrl: 'https://api.example.com',
    headerName: 'Authorization',
    managementSecret: tykSecret,
  } as const
  const added = await addGateway(ctx, input)
  if (!added.ok) throw new Error('not added')
  const { gatewayId } = added.value
  const { managementSecret: _secret, kind: _kind, ...rest } = input
  expect(await editGateway(ctx, gatewayId, rest)).toMatchObject({ ok: true })
  expect(await editGateway(ctx, gatewayId, { ...rest, baseUrl: 'https://two.tyk.test' })).toMatchObject({
    error: { fields: { managementSecret: [expect.stringContaining('another address')] } },
  })
  // Neither when somebody moves the gateway while the form of another is saved.
  const moving = () =>
    editGateway(ctx, gatewayId, { ...rest, baseUrl: 'https://two.tyk.test', managementSecret: 'two' })
  const late = interleaved(contextFor(ctx.actor), 'before', moving)
  expect(await editGateway(late, gatewayId, rest)).toMatchObject({
    error: { fields: { managementSecret: [expect.any(String)] } },
  })
  for (const baseUrl of [
    'http://one.tyk.test',
    'https://10.0.0.1',
    'https://tyk.internal',
    'https://portal.test',
  ])
    expect(await editGateway(ctx, gatewayId, { ...rest, baseUrl, managementSecret: 's' })).toMatchObject({
      error: { fields: { baseUrl: [expect.any(String)] } },
    })
  expect(await addGateway(ctx, input)).toMatchObject({ error: { fields: { name: [expect.any(String)] } } })
  const logged = await db.select().from(events).where(eq(events.subjectId, gatewayId))
  expect(JSON.stringify(logged)).not.toContain(tykSecret)
})

test('a gateway with APIs stays, and one that may hold keys is removed by its name only', async () => {
  const key = await externalKey()
  await deliver(await approvalOf(key))
  const ctx = contextFor(await world.admin())
  const remove = (confirmation: string) => deleteGateway(ctx, key.gateway.id, { confirmation })
  expect(await remove(key.gateway.name)).toMatchObject({ error: { code: 'in_use' } })
  expect(
    await editGateway(ctx, key.gateway.id, {
      name: key.gateway.name,
      baseUrl: `https://${key.gateway.host}`,
      externalOrgId: 'another',
      publicUrl: 'https://api.example.com',
      headerName: 'Authorization',
    }),
  ).toMatchObject({ error: { fields: { externalOrgId: [expect.any(String)] } } })
  await chooseApiGateway(ctx, key.productId, key.apiId ?? 'api_none', { gateway: 'built_in' })
  expect(await remove('')).toMatchObject({ error: { fields: { confirmation: [expect.any(String)] } } })
  expect(await remove(key.gateway.name)).toMatchObject({ ok: true })
})

test('the secrets of gateways and of told keys move on to a new vault key', async () => {
  const key = await externalKey()
  await deliver(await approvalOf(key))
  const rotated = createVault(`2:${btoa('x'.repeat(32))},${env.VAULT_KEYS}`)
  expect(await resealGateways({ ...contextFor(system), vault: rotated })).toBeGreaterThan(1)
  const row = await keyRow(key.credentialId, key.gateway.id)
  expect(row?.secretCipher).toMatch(/^v2\./)
  expect(await rotated.open(row?.secretCipher ?? '', key.credentialId)).toBe(key.key)
})
