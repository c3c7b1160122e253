import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { paths } from '~/platform/paths'
import { accessRequests } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { signedIn } from '~test/support/portal'
import { granted } from '~test/support/requests'
import * as world from '~test/support/world'

async function opened() {
  const actor = await world.superAdmin()
  const access = await granted(actor)
  const portal = await signedIn(actor)
  const path = paths.dashboard.changePlan(access.appId, access.requestId)
  const { html, response } = await portal.get(path)
  const submissionId = /name="submissionId" value="([^"]*)"/.exec(html)?.[1] ?? ''
  return { ...access, actor, portal, path, html, response, submissionId }
}

test('the page offers the other plans of the catalog, in two trips; the app tells of the change that waits', async () => {
  const { of, appId, portal, path, html, response, submissionId } = await opened()
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(html).toContain(`value="${of.manual.id}"`)
  expect(html).not.toContain(`value="${of.auto.id}"`)
  expect((await portal.get(paths.dashboard.app(appId))).html).toContain(path)
  const form = { submissionId, planId: of.manual.id, note: 'We grow' }
  const answers = await Promise.all([portal.post(path, form), portal.post(path, form)])
  expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
    paths.dashboard.app(appId),
    paths.dashboard.app(appId),
  ])
  expect(portal.notice()).toContain('The plan stays as it is until it is approved.')
  const page = await portal.get(paths.dashboard.app(appId))
  for (const text of [
    'Change of plan waiting for approval',
    `instead of ${of.auto.name}`,
    'Another plan was asked for. This one stays in force until it is approved.',
  ])
    expect(page.html).toContain(text)
  expect(page.html).not.toContain(path)
  expect(page.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  const again = await portal.get(path)
  expect(again.html).toContain('waits for an answer')
  expect(again.html).not.toContain('name="planId"')
})

test('a missing plan is told with what was typed; a plan of another catalog is not offered', async () => {
  const { portal, path, submissionId } = await opened()
  const other = await opened()
  const none = await portal.post(path, { submissionId, note: 'Typed' })
  expect(none.status).toBe(422)
  expect(await none.text()).toMatch(/Choose a plan\.[\s\S]*>Typed</)
  const foreign = await portal.post(path, { submissionId, planId: other.of.manual.id })
  expect([foreign.status, (await foreign.text()).includes('not offered here any more')]).toEqual([422, true])
})

test('an admin sees which plan would be replaced; both pages show how it ended', async () => {
  const { of, appId, requestId, portal, path, submissionId } = await opened()
  await portal.post(path, { submissionId, planId: of.manual.id })
  const [change] = await db.select().from(accessRequests).where(eq(accessRequests.replacesId, requestId))
  if (!change) throw new Error('no change')
  const admin = await world.admin()
  const desk = await signedIn(admin)
  const asked = await desk.get(paths.admin.accessRequest(change.id))
  expect(asked.html).toContain(`instead of ${of.auto.name}`)
  expect(asked.html).toContain('Would replace')
  await approveAccessRequest(contextFor(admin), change.id)
  const old = await desk.get(paths.admin.accessRequest(requestId))
  expect(old.html).toContain('Retired')
  expect(old.html).toContain('put another plan in its place')
  expect(old.html).not.toContain('Revoke access')
  const page = await portal.get(paths.dashboard.app(appId))
  expect(page.html).toContain(
    `changed the plan of ${of.product.name} from ${of.auto.name} to ${of.manual.name}`,
  )
  expect(page.html).not.toContain('Waiting for approval')
  expect((await portal.get(path)).html).toContain('The plan of this access was changed already.')
  for (const [query, id] of [
    ['state=retired', requestId],
    ['state=approved', change.id],
  ] as const) {
    const list = await desk.get(`${paths.admin.accessRequests}?${query}`)
    expect(list.html).toContain(paths.admin.accessRequest(id))
  }
  const revoked = await desk.get(`${paths.admin.accessRequests}?state=revoked`)
  expect(revoked.html).not.toContain(paths.admin.accessRequest(requestId))
})

test('a change that was turned down shows its reason, and that the plan stays', async () => {
  const { of, appId, requestId, portal, path, submissionId } = await opened()
  await portal.post(path, { submissionId, planId: of.manual.id })
  const [change] = await db.select().from(accessRequests).where(eq(accessRequests.replacesId, requestId))
  await rejectAccessRequest(contextFor(await world.admin()), change?.id ?? 'req_none', {
    reason: 'Too much.',
  })
  const { html } = await portal.get(paths.dashboard.app(appId))
  for (const text of ['Change of plan not approved', 'Too much.', path]) expect(html).toContain(text)
})
