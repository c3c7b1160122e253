import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Id } from '~/domain/kernel/ids'
import { paths } from '~/platform/paths'
import { accessRequests, credentials, events } from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import { granted, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

const stateOf = async (id: Id<'req'>) =>
  (await db.select().from(accessRequests).where(eq(accessRequests.id, id)))[0]?.state

test('the list filters by state and by app, organization, person and product, in two trips', async () => {
  const developer = await world.superAdmin({ row: { firstName: 'Zoë', lastName: 'Quillfeather' } })
  const of = await offer()
  const app = await world.app(developer, { name: 'Lighthouse client' })
  const { requestId } = await requested(developer, { of, app: app.id })
  const other = await granted(await world.superAdmin())
  const portal = await signedIn(await world.admin())
  for (const query of [
    'q=LIGHTHOUSE',
    'q=quillfeather',
    `q=${encodeURIComponent(of.product.name)}`,
    `q=${developer.email}`,
  ]) {
    const { html, response } = await portal.get(`${paths.admin.accessRequests}?${query}`)
    expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
    expect(html).toContain(paths.admin.accessRequest(requestId))
    expect(html).not.toContain(paths.admin.accessRequest(other.requestId))
  }
  const pending = await portal.get(`${paths.admin.accessRequests}?state=pending`)
  expect(pending.html).toContain(requestId)
  expect(pending.html).not.toContain(other.requestId)
  const none = await portal.get(
    `${paths.admin.accessRequests}?q=${'%25_'.repeat(40)}&state=nonsense&after=mangled`,
  )
  expect([none.status, none.html.includes('No access request matches')]).toEqual([200, true])
})

test('the list goes page by page without losing the filter', async () => {
  const developer = await world.superAdmin()
  const { requestId, appId, of } = await requested(developer)
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  if (!row) throw new Error('no request')
  for (let at = 0; at < 60; at += 1) {
    await db.insert(accessRequests).values({
      ...row,
      id: `req_page${String(at).padStart(3, '0')}`,
      submissionId: `page-${at}`,
      state: 'withdrawn',
      createdAt: 1000 + at,
    })
  }
  const portal = await signedIn(await world.admin())
  const first = await portal.get(`${paths.admin.accessRequests}?state=withdrawn`)
  const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(next).toContain('state=withdrawn')
  const second = await portal.get(next)
  expect(second.html).toContain('req_page000')
  expect(second.html).not.toContain('req_page059')
  expect([appId, of.product.id].every(Boolean)).toBe(true)
})

test('a request’s page tells what is asked, and approving issues a key that the admin never sees', async () => {
  const developer = await world.superAdmin()
  const { of, requestId, appId } = await requested(developer)
  const portal = await signedIn(await world.admin())
  const page = await portal.get(paths.admin.accessRequest(requestId))
  expect(page.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  for (const text of [of.product.name, of.manual.name, developer.name, 'Approve', 'Reject'])
    expect(page.html).toContain(text)
  const approved = await portal.post(paths.admin.approveAccessRequest(requestId))
  expect(approved.headers.get('location')).toBe(paths.admin.accessRequest(requestId))
  expect(portal.notice()).toBe('Request approved')
  const after = await portal.get(paths.admin.accessRequest(requestId))
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  expect(after.html).toContain(`••••${credential?.hint}`)
  expect(after.html).not.toMatch(/prt_live_[0-9A-Za-z]{38}/)
  for (const secret of [credential?.secretHash ?? '', credential?.secretCipher ?? ''])
    expect(after.html).not.toContain(secret)
  expect(after.html).toContain('Revoke access')
})

test('rejecting takes a reason, keeps it when it is too long, and tells when somebody else was first', async () => {
  const { requestId } = await requested(await world.superAdmin())
  const portal = await signedIn(await world.admin())
  const reject = paths.admin.rejectAccessRequest(requestId)
  expect((await portal.get(reject)).html).toContain('Reason')
  const long = `${'Because. '.repeat(60)}End`
  const failed = await portal.post(reject, { reason: long })
  expect(failed.status).toBe(422)
  expect(await failed.text()).toContain(long)
  expect(await stateOf(requestId)).toBe('pending')
  const done = await portal.post(reject, { reason: 'Not yet.', state: 'approved', decidedById: 'usr_x' })
  expect(done.headers.get('location')).toBe(paths.admin.accessRequest(requestId))
  expect((await portal.get(paths.admin.accessRequest(requestId))).html).toContain('Not yet.')
  await portal.post(paths.admin.approveAccessRequest(requestId))
  expect(portal.notice()).toContain('This request was already rejected by')
  expect(await stateOf(requestId)).toBe('rejected')
  expect((await portal.get(reject)).path).toBe(paths.admin.accessRequest(requestId))
})

test('two admins who press Approve and Reject at the same moment: one wins, the other reads who', async () => {
  const [one, two] = [await signedIn(await world.admin()), await signedIn(await world.admin())]
  const { requestId, appId } = await requested(await world.superAdmin())
  await Promise.all([
    one.post(paths.admin.approveAccessRequest(requestId)),
    two.post(paths.admin.rejectAccessRequest(requestId), { reason: '' }),
  ])
  const notices = [one.notice(), two.notice()]
  expect(notices.filter((notice) => notice?.startsWith('This request was already'))).toHaveLength(1)
  const decided = (await db.select().from(events).where(eq(events.appId, appId))).filter((event) =>
    /approved|rejected/.test(event.type),
  )
  expect(decided).toHaveLength(1)
})

test('revoking access says what depends on it, works without scripts, and ends the key', async () => {
  const { requestId, appId } = await granted(await world.superAdmin())
  const portal = await signedIn(await world.admin())
  const asked = await portal.get(`${paths.admin.accessRequest(requestId)}?revoke=1`)
  expect(asked.html).toContain('0 calls this month')
  expect(asked.html).toContain('It is revoked.')
  await portal.post(paths.admin.revokeAccessRequest(requestId))
  expect(portal.notice()).toBe('Access revoked')
  expect((await db.select().from(credentials).where(eq(credentials.appId, appId)))[0]?.state).toBe('revoked')
  await portal.post(paths.admin.revokeAccessRequest(requestId))
  expect(portal.notice()).toContain('already revoked')
})

test('nobody but admins reaches these pages, and nothing changes', async () => {
  const owner = await world.superAdmin()
  const { requestId } = await requested(owner)
  const approved = await granted(owner)
  const developer = await signedIn(owner)
  const reads = [
    paths.admin.accessRequests,
    paths.admin.accessRequest(requestId),
    paths.admin.rejectAccessRequest(requestId),
    paths.admin.approveAccessRequest(requestId),
  ]
  for (const path of reads) {
    expect((await developer.get(path)).status).toBe(404)
    expect((await new Portal().request(path)).headers.get('location')).toContain('/auth/login')
  }
  for (const path of [
    paths.admin.approveAccessRequest(requestId),
    paths.admin.rejectAccessRequest(requestId),
    paths.admin.revokeAccessRequest(approved.requestId),
  ]) {
    expect((await developer.post(path, { reason: 'x' })).status).toBe(404)
    expect((await new Portal().post(path, { reason: 'x' })).headers.get('location')).toContain('/auth/login')
  }
  expect([await stateOf(requestId), await stateOf(approved.requestId)]).toEqual(['pending', 'approved'])
})

test('ticked requests are approved together, and one comes back to the same filter', async () => {
  const developer = await world.superAdmin()
  const [one, two] = [await requested(developer), await requested(developer)]
  const portal = await signedIn(await world.admin())
  const returnTo = `${paths.admin.accessRequests}?state=pending&sort=app`
  const answer = await portal.post(paths.admin.approveAccessRequests, {
    id: [one.requestId, two.requestId],
    returnTo,
  })
  expect(answer.headers.get('location')).toBe(returnTo)
  expect(portal.notice()).toBe('2 requests are approved.')
  expect([await stateOf(one.requestId), await stateOf(two.requestId)]).toEqual(['approved', 'approved'])
  await portal.post(paths.admin.approveAccessRequests, {
    id: one.requestId,
    returnTo: 'https://evil.example',
  })
  expect(portal.notice()).toContain('This request was already approved by')
  const nothing = await portal.post(paths.admin.approveAccessRequests, {})
  expect([nothing.headers.get('location'), portal.notice()]).toEqual([
    paths.admin.accessRequests,
    'Tick at least one request.',
  ])
  const many = Array.from({ length: 51 }, (_, at) => `req_${at}`)
  await portal.post(paths.admin.approveAccessRequests, { id: many })
  expect(portal.notice()).toContain('At most 50 requests at once.')
})

test('rejecting several asks for the reason on a page of its own, which names them and what was decided already', async () => {
  const developer = await world.superAdmin()
  const [one, two] = [await requested(developer), await requested(developer)]
  const done = await granted(developer)
  const portal = await signedIn(await world.admin())
  const ids = [one, two, done].map(({ requestId }) => `id=${requestId}`).join('&')
  const asked = await portal.get(`${paths.admin.rejectAccessRequests}?${ids}`)
  expect(asked.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  for (const text of ['Reject 2 requests', one.of.product.name, 'will be skipped'])
    expect(asked.html).toContain(text)
  const long = `${'Because. '.repeat(60)}End`
  const form = { id: [one.requestId, two.requestId, done.requestId], reason: long }
  const failed = await portal.post(`${paths.admin.rejectAccessRequests}?${ids}`, form)
  expect([failed.status, (await failed.text()).includes(long)]).toEqual([422, true])
  await portal.post(paths.admin.rejectAccessRequests, { ...form, reason: 'Closed for now.' })
  expect(portal.notice()).toContain('2 requests are rejected. 1 skipped:')
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, one.requestId))
  expect(row).toMatchObject({ state: 'rejected', rejectionReason: 'Closed for now.' })
  expect(await stateOf(done.requestId)).toBe('approved')
  const none = await portal.request(`${paths.admin.rejectAccessRequests}?returnTo=x`)
  expect(none.headers.get('location')).toBe(paths.admin.accessRequests)
})

test('approving under another plan offers the plans of the catalog, and tells both names', async () => {
  const { of, requestId } = await requested(await world.superAdmin())
  const portal = await signedIn(await world.admin())
  const path = paths.admin.approveUnderPlan(requestId)
  const page = await portal.get(path)
  expect(page.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(page.html).toContain(of.auto.name)
  const missing = await portal.post(path, {})
  expect([missing.status, (await missing.text()).includes('Choose a plan.')]).toEqual([422, true])
  const foreign = await portal.post(path, { planId: (await offer()).auto.id })
  expect(await foreign.text()).toContain('not offered in this catalog any more')
  await portal.post(path, { planId: of.auto.id })
  expect(portal.notice()).toBe('Request approved')
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  expect(row).toMatchObject({ state: 'approved', planName: of.auto.name })
  expect((await portal.get(path)).path).toBe(paths.admin.accessRequest(requestId))
})

test('addresses that lead nowhere: 404, and a look at a button’s address leads to the list', async () => {
  const portal = await signedIn(await world.admin())
  for (const path of [
    paths.admin.accessRequest('req_none'),
    paths.admin.accessRequest('app_1'),
    paths.admin.rejectAccessRequest('nonsense'),
  ]) {
    expect((await portal.get(path)).status).toBe(404)
  }
  for (const path of [
    paths.admin.approveAccessRequest('req_none'),
    paths.admin.revokeAccessRequest('req_none'),
    paths.admin.rejectAccessRequest('req_none'),
  ]) {
    expect((await portal.post(path, { reason: '' })).status).toBe(404)
  }
  expect((await portal.request(paths.admin.approveAccessRequest('req_none'))).headers.get('location')).toBe(
    paths.admin.accessRequests,
  )
})
