// What the operations about apps, credentials and access requests do: the commands of the admins' pages, under their rules.
import { and, desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { changePlan } from '~/domain/access-requests/change-plan.server'
import { accessRequests, apps, credentials, events } from '~db/schema'
import { apiClient } from '~test/support/api'
import { contextFor, db } from '~test/support/context'
import { granted, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'
import { delivery } from './calls'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

async function newestEvent(subjectId: string, type: string) {
  const [event] = await db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, subjectId), eq(events.type, type as 'app.created')))
    .orderBy(desc(events.createdAt))
  return event
}

test('an app is made for a developer, read, edited field by field, frozen, unfrozen and deleted', async () => {
  const owner = await world.superAdmin()
  const created = await client.call('POST', '/apps', {
    owner_id: owner.userId,
    name: 'Ledger',
    redirect_urls: ['https://ledger.example/back', 'http://localhost:3000/back'],
  })
  expect(created.status).toBe(201)
  const { id } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/apps/${id}`)
  expect(created.body).toMatchObject({
    owner_id: owner.userId,
    organization_id: owner.organizationId,
    state: 'none',
    visibility: 'organization',
    description: '',
    redirect_urls: ['https://ledger.example/back', 'http://localhost:3000/back'],
  })
  expect(await newestEvent(id, 'app.created')).toMatchObject({ data: { apiTokenId: client.tokenId } })
  const described = await client.call('PATCH', `/apps/${id}`, { description: 'Books' })
  expect(described.body).toMatchObject({
    description: 'Books',
    name: 'Ledger',
    redirect_urls: created.body.redirect_urls,
  })
  const cleared = await client.call('PATCH', `/apps/${id}`, { redirect_urls: [], name: 'Ledger 2' })
  expect(cleared.body).toMatchObject({ description: 'Books', name: 'Ledger 2', redirect_urls: [] })
  expect((await client.call('PATCH', `/apps/${id}`, {})).body).toEqual(cleared.body)
  const wrong = await client.call('PATCH', `/apps/${id}`, { redirect_urls: ['javascript:alert(1)'] })
  expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/redirect_urls'])

  const frozen = await client.call('POST', `/apps/${id}/freeze`, { reason: 'A leak' })
  expect([frozen.status, frozen.body.state]).toEqual([200, 'frozen'])
  expect((await client.call('POST', `/apps/${id}/freeze`)).status).toBe(409)
  expect((await client.call('POST', `/apps/${id}/unfreeze`)).body.frozen_at).toBeNull()
  expect((await client.call('DELETE', `/apps/${id}`)).status).toBe(204)
  expect((await client.call('GET', `/apps/${id}`)).status).toBe(404)
})

test('apps are filtered by organization and state, and paged', async () => {
  const owner = await world.superAdmin()
  const { appId } = await granted(owner)
  await world.app(owner)
  const query = `organization_id=${owner.organizationId}`
  const all = await client.call('GET', `/apps?${query}&limit=1`)
  expect(all.body.data).toHaveLength(1)
  const rest = await client.call('GET', `/apps?${query}&limit=1&cursor=${all.body.next_cursor}`)
  expect(rest.body.next_cursor).toBeNull()
  const active = await client.call('GET', `/apps?${query}&state=active`)
  expect(active.body.data).toMatchObject([{ id: appId, working_credentials: 1, products: 1 }])
})

test('credentials are listed without secrets, rotated with an overlap, and revoked once', async () => {
  const { appId, requestId } = await granted(await world.superAdmin())
  const [row] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  const listed = await client.call('GET', `/apps/${appId}/credentials`)
  expect(listed.body.data).toMatchObject([
    { id: row?.id, state: 'active', hint: row?.hint, access_request_ids: [requestId] },
  ])
  const rotated = await client.call('POST', `/apps/${appId}/credentials/${row?.id}/rotate`, {
    overlap: 'hour',
  })
  expect(rotated.body).toMatchObject({ state: 'active', replaces_id: row?.id })
  const both = await client.call('GET', `/apps/${appId}/credentials`)
  expect(both.body.data.map((one: { state: string }) => one.state).sort()).toEqual(['active', 'retiring'])
  for (const answer of [listed, rotated, both]) {
    expect(answer.text).not.toMatch(/prt_live_|secret|cipher/)
    expect(answer.text).not.toContain(row?.secretHash)
  }
  const path = `/apps/${appId}/credentials/${rotated.body.id}/revoke`
  expect((await client.call('POST', path)).body.state).toBe('revoked')
  expect([(await client.call('POST', path)).status]).toEqual([409])
  const other = await world.app(await world.superAdmin())
  expect((await client.call('POST', `/apps/${other.id}/credentials/${row?.id}/revoke`)).status).toBe(404)
  expect((await client.call('GET', '/apps/app_01UNKNOWN/credentials')).status).toBe(404)
})

test('limits of a credential are read and changed one by one, under the rules of the page', async () => {
  const { appId } = await granted(await world.superAdmin())
  const [row] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  const path = `/apps/${appId}/credentials/${row?.id}/limits`
  const soon = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 86_400_000).toISOString()
  expect((await client.call('GET', path)).body).toMatchObject({
    credential_id: row?.id,
    ip_ranges: [],
    methods: [],
    paths: [],
    own_expires_at: null,
    version: 0,
  })
  const changed = await client.call('PATCH', path, {
    ip_ranges: ['192.0.2.0/24', '2001:DB8::/32'],
    methods: ['POST', 'GET'],
    own_expires_at: soon,
  })
  expect(changed.body).toMatchObject({
    name: row?.name,
    ip_ranges: ['192.0.2.0/24', '2001:db8::/32'],
    methods: ['GET', 'POST'],
    own_expires_at: soon,
    version: 1,
  })
  expect(
    (await client.call('PATCH', path, { paths: ['/orders/*'], own_expires_at: null })).body,
  ).toMatchObject({
    ip_ranges: ['192.0.2.0/24', '2001:db8::/32'],
    paths: ['/orders/*'],
    own_expires_at: null,
    version: 2,
  })
  expect((await client.call('PATCH', path, { methods: [], version: 1 })).status).toBe(409)
  const refused = await client.call('PATCH', path, { ip_ranges: ['192.0.2.5/24'] })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('ip_ranges')
  expect((await client.call('PATCH', path, { own_expires_at: 'tomorrow' })).status).toBe(422)
  expect((await client.call('GET', path)).body.version).toBe(2)
  const told = await db.select().from(events).where(eq(events.type, 'credential.limits_changed'))
  expect(told.filter((event) => event.appId === appId)).toHaveLength(2)
  const other = await world.app(await world.superAdmin())
  expect((await client.call('GET', `/apps/${other.id}/credentials/${row?.id}/limits`)).status).toBe(404)
})

test('access requests are filtered, and approved, also under another plan; the second decision is told who made the first', async () => {
  const developer = await world.superAdmin()
  const of = await offer()
  const { requestId } = await requested(developer, { of })
  const query = `state=pending&organization_id=${developer.organizationId}&catalog_id=${of.catalog.id}&plan_id=${of.manual.id}`
  const listed = await client.call('GET', `/access-requests?${query}`)
  expect(listed.body.data).toMatchObject([
    { id: requestId, state: 'pending', products: [of.product.name], requester_id: developer.userId },
  ])
  const foreign = await client.call('POST', `/access-requests/${requestId}/approve`, {
    plan_id: (await offer()).auto.id,
  })
  expect([foreign.status, foreign.body.errors[0].pointer]).toEqual([422, '/plan_id'])
  const approved = await client.call('POST', `/access-requests/${requestId}/approve`, { plan_id: of.auto.id })
  expect(approved.body).toMatchObject({ state: 'approved', plan_id: of.auto.id, plan_name: of.auto.name })
  expect(await newestEvent(requestId, 'access_request.approved')).toMatchObject({
    actorId: client.admin.userId,
    data: { planAskedFor: of.manual.name, apiTokenId: client.tokenId },
  })
  const late = await client.call('POST', `/access-requests/${requestId}/reject`, { reason: 'No' })
  expect([late.status, late.body.code]).toEqual([409, 'already_decided'])
  expect(late.body.detail).toContain(client.admin.name)
  const revoked = await client.call('POST', `/access-requests/${requestId}/revoke`)
  expect(revoked.body.state).toBe('revoked')
})

test('access whose plan was changed is retired, and its successor names it', async () => {
  const developer = await world.superAdmin()
  const { of, requestId, appId } = await granted(developer)
  const sent = await changePlan(contextFor(developer), appId, requestId, {
    submissionId: crypto.randomUUID(),
    planId: of.manual.id,
    note: '',
  })
  const changeId = sent.ok ? sent.value.requestId : 'req_none'
  const approved = await client.call('POST', `/access-requests/${changeId}/approve`)
  expect(approved.body).toMatchObject({ state: 'approved', replaces_id: requestId })
  expect((await client.call('GET', `/access-requests/${requestId}`)).body.state).toBe('retired')
  const retired = await client.call(
    'GET',
    `/access-requests?state=retired&organization_id=${developer.organizationId}`,
  )
  expect(retired.body.data.map((one: { id: string }) => one.id)).toEqual([requestId])
})

test('an approval that is sent again with its key answers the same and issues nothing more', async () => {
  const { requestId, appId } = await requested(await world.superAdmin())
  const path = `/access-requests/${requestId}/approve`
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await client.call('POST', path, {}, key)
  const again = await client.call('POST', path, {}, key)
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true'])
  expect(again.body).toEqual(first.body)
  expect(await db.select().from(credentials).where(eq(credentials.appId, appId))).toHaveLength(1)
  expect(await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))).toHaveLength(1)
  expect(await db.select().from(apps).where(eq(apps.id, appId))).toHaveLength(1)
})

test('the audit log is read by type, actor, subject and day, and never written', async () => {
  const { call, admin } = await apiClient()
  const { id } = (await call('POST', '/organizations', { name: 'Logged' })).body
  const { body } = await call('GET', `/events?subject_id=${id}&type=organization.created`)
  expect(body).toMatchObject({
    data: [
      { type: 'organization.created', actor_id: admin.userId, subject_id: id, data: { name: 'Logged' } },
    ],
    next_cursor: null,
  })
  const [event] = body.data
  expect((await call('GET', `/events/${event.id}`)).body).toEqual(event)
  for (const other of [
    'actor_id=usr_01OTHER',
    'type=team',
    'to=2020-01-01',
    'from=2999-01-01',
    'organization_id=org_01OTHER',
  ])
    expect((await call('GET', `/events?subject_id=${id}&${other}`)).body.data, other).toEqual([])
  expect((await call('GET', '/events?from=yesterday')).status).toBe(422)
  expect((await call('DELETE', `/events/${event.id}`)).status).toBe(405)
})

test('a delivery is retried, called off and sent again over the API, under the rules of the page', async () => {
  const { call, admin } = await apiClient()
  const waiting = await delivery('pending')
  expect((await call('POST', `${waiting}/send-again`)).body.code).toBe('conflict')
  expect((await call('POST', `${waiting}/cancel`)).body).toMatchObject({
    state: 'cancelled',
    event_type: 'user.invited',
    next_attempt_at: null,
  })
  for (const action of ['cancel', 'retry'])
    expect((await call('POST', `${waiting}/${action}`)).body.code).toBe('conflict')
  expect((await call('GET', '/deliveries?state=cancelled')).body.data).toMatchObject([
    { id: waiting.split('/')[2], last_error: `Cancelled by ${admin.name}.` },
  ])
  expect((await call('POST', `${await delivery('pending')}/retry`)).status).toBe(200)
  expect((await call('POST', `${await delivery('failed')}/send-again`)).status).toBe(200)
  const { body } = await call('GET', `/events?subject_id=${waiting.split('/')[2]}`)
  expect(body.data).toMatchObject([{ type: 'delivery.cancelled', actor_id: admin.userId }])
})
