// Plans as admins keep them: forms, changes that leave given access alone, archiving and deleting.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import { archivePlan } from '~/domain/catalog/archive-plan.server'
import { deletePlan } from '~/domain/catalog/delete-plan.server'
import { editPlan } from '~/domain/catalog/edit-plan.server'
import { planFormInput, planFormValues } from '~/domain/catalog/plan'
import { getProductPage } from '~/domain/catalog/queries.server'
import { getPlan, listPlans } from '~/domain/catalog/queries-plans.server'
import { restorePlan } from '~/domain/catalog/restore-plan.server'
import { accessRequests, catalogPlans, catalogs, events, plans } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { done } from '~test/support/documents'
import { granted, offer, requested, submission } from '~test/support/requests'
import * as world from '~test/support/world'

const admin = async () => contextFor(await world.admin())

const form = {
  name: 'Silver',
  description: '',
  rateLimit: 5,
  rateEvery: 10,
  rateUnit: 'second',
  quotaLimit: 1000,
  quotaPeriod: 'day',
  keyLifetimeDays: undefined,
  approval: 'manual',
  catalogIds: [],
}

const newTerms = {
  description: '',
  rateLimit: null,
  ratePeriodSeconds: null,
  quotaLimit: 7,
  quotaPeriod: 'hour' as const,
  keyLifetimeDays: 3,
  approval: 'auto' as const,
}

test('a form gives a rate for seconds to hours, and “Unlimited” takes no number', () => {
  expect(planFormInput.parse(form)).toMatchObject({
    rateLimit: 5,
    ratePeriodSeconds: 10,
    keyLifetimeDays: null,
  })
  expect(planFormInput.parse({ ...form, rateUnit: 'hour', rateEvery: undefined })).toMatchObject({
    ratePeriodSeconds: 3600,
  })
  expect(planFormInput.parse({ ...form, rateUnit: 'unlimited', quotaPeriod: 'unlimited' })).toMatchObject({
    rateLimit: null,
    ratePeriodSeconds: null,
    quotaLimit: null,
    quotaPeriod: null,
  })
  for (const wrong of [
    { rateLimit: undefined },
    { rateLimit: 0 },
    { rateEvery: 25, rateUnit: 'hour' },
    { quotaLimit: undefined },
    { quotaLimit: 1.5 },
    { keyLifetimeDays: 4000 },
    { approval: 'nobody' },
  ])
    expect(planFormInput.safeParse({ ...form, ...wrong }).success, JSON.stringify(wrong)).toBe(false)
})

test('what a form shows of a plan is what it was made with', () => {
  for (const [rateEvery, rateUnit] of [
    ['10', 'second'],
    ['1', 'minute'],
    ['2', 'hour'],
  ] as const) {
    const parsed = planFormInput.parse({ ...form, rateEvery: Number(rateEvery), rateUnit })
    expect(planFormValues(parsed)).toMatchObject({ rateEvery, rateUnit, rateLimit: '5', quotaLimit: '1000' })
  }
})

test('access keeps the terms it was given when the plan changes, and the next request gets the new ones', async () => {
  const developer = await world.superAdmin()
  const of = await offer()
  const before = await requested(developer, { of })
  done(
    await editPlan(await admin(), of.manual.id, {
      ...newTerms,
      name: of.manual.name,
      catalogIds: [of.catalog.id],
    }),
  )
  const terms = async (id: string) =>
    (
      await db
        .select()
        .from(accessRequests)
        .where(eq(accessRequests.id, id as 'req_x'))
    )[0]
  expect(await terms(before.requestId)).toMatchObject({ quotaLimit: 1000, rateLimit: 5, state: 'pending' })
  const after = await requested(developer, { of, app: (await world.app(developer)).id })
  expect(await terms(after.requestId)).toMatchObject({ quotaLimit: 7, rateLimit: null, state: 'approved' })
})

test('the catalogs of a plan are those that were ticked; one that is gone and a taken name are told at their fields', async () => {
  const [one, two] = [await world.catalog(), await world.catalog()]
  const plan = await world.plan([one.id])
  const other = await world.plan([])
  const ctx = await admin()
  const gone = { ...newTerms, name: plan.name, catalogIds: [two.id, 'cat_gone' as const] }
  expect(await editPlan(ctx, plan.id, gone)).toMatchObject({
    ok: false,
    error: { fields: { catalogIds: [expect.any(String)] } },
  })
  done(await editPlan(ctx, plan.id, { ...newTerms, name: plan.name, catalogIds: [two.id] }))
  const rows = await db.select().from(catalogPlans).where(eq(catalogPlans.planId, plan.id))
  expect(rows.map((row) => row.catalogId)).toEqual([two.id])
  expect(ctx.announced).toHaveLength(1)
  const taken = await editPlan(ctx, plan.id, {
    ...newTerms,
    name: ` ${other.name.toUpperCase()}`,
    catalogIds: [],
  })
  expect(taken).toMatchObject({ ok: false, error: { fields: { name: [expect.any(String)] } } })
  expect(
    await editPlan(ctx, 'pln_none', { ...newTerms, name: 'Nobody', catalogIds: [one.id] }),
  ).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('the form of a plan shows each catalog that offers it, also the last of more than it lists', async () => {
  const last = await world.catalog()
  await db.update(catalogs).set({ position: 1_000_000 }).where(eq(catalogs.id, last.id))
  const plan = await world.plan([last.id])
  for (let made = 0; made < 101; made += 1) await world.catalog()
  const { catalogs: shown } = await getPlan(await admin(), plan.id)
  expect(shown).toHaveLength(101)
  expect(shown.filter((one) => one.ticked)).toMatchObject([{ id: last.id }])
})

test('an archived plan is not offered and cannot be chosen, its access goes on, and it can be offered again', async () => {
  const developer = await world.superAdmin()
  const of = await offer()
  const { requestId } = await granted(developer, { of })
  const offered = async () =>
    (await getProductPage(contextFor(developer), of.product.slug)).catalogs.flatMap((catalog) =>
      catalog.plans.map((plan) => plan.id),
    )
  expect(await offered()).toContain(of.auto.id)
  done(await archivePlan(await admin(), of.auto.id))
  expect(await offered()).not.toContain(of.auto.id)
  done(await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id }))
  const refused = await submitAccessRequest(
    contextFor(developer),
    submission(of, (await world.app(developer)).id, { planId: of.auto.id }),
  )
  expect(refused.ok).toBe(false)
  const [request] = await db.select().from(accessRequests).where(eq(accessRequests.id, requestId))
  expect(request?.state).toBe('approved')
  done(await restorePlan(await admin(), of.auto.id))
  expect((await granted(developer, { of, app: (await world.app(developer)).id })).state).toBe('approved')
})

test('of 40 who archive a plan one does, and one event is written', async () => {
  const plan = await world.plan([])
  const actor = await world.admin()
  const results = await Promise.all(Array.from({ length: 40 }, () => archivePlan(contextFor(actor), plan.id)))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const written = await db.select().from(events).where(eq(events.subjectId, plan.id))
  expect(written.map((row) => row.type)).toEqual(['plan.archived'])
})

test('a plan is deleted only while nobody ever asked for it, also when both happen at once', async () => {
  const unused = await world.plan([(await world.catalog()).id])
  done(await deletePlan(await admin(), unused.id))
  expect(await db.select().from(plans).where(eq(plans.id, unused.id))).toEqual([])
  const actor = await world.admin()
  for (let round = 0; round < 10; round += 1) {
    const developer = await world.superAdmin()
    const of = await offer()
    const app = await world.app(developer)
    done(await addToCart(contextFor(developer), { catalogId: of.catalog.id, productId: of.product.id }))
    const [sent, deleted] = await Promise.all([
      submitAccessRequest(contextFor(developer), submission(of, app.id)),
      deletePlan(contextFor(actor), of.manual.id),
    ])
    expect([sent.ok, deleted.ok].filter(Boolean)).toHaveLength(1)
    if (!deleted.ok) expect(deleted.error.code).toBe('in_use')
  }
})

test('the list finds by name, hides what is archived, and counts the requests that stand on a plan', async () => {
  const developer = await world.superAdmin()
  const of = await offer()
  await granted(developer, { of })
  const ctx = await admin()
  const page = { cursor: null, direction: 'next' as const, size: 50 }
  const found = await listPlans(ctx, { search: of.auto.name.toUpperCase(), filter: 'offered', page })
  expect(found.rows).toMatchObject([{ id: of.auto.id, approved: 1, pending: 0, catalogs: [of.catalog.name] }])
  done(await archivePlan(ctx, of.auto.id))
  expect((await listPlans(ctx, { search: of.auto.name, filter: 'offered', page })).rows).toEqual([])
  expect((await listPlans(ctx, { search: of.auto.name, filter: 'archived', page })).rows).toHaveLength(1)
  expect(await getPlan(ctx, of.auto.id)).toMatchObject({
    requests: 1,
    dependents: [{ state: 'approved' }],
  })
  const one = await listPlans(ctx, { search: '', filter: 'all', page: { ...page, size: 2 } })
  const two = await listPlans(ctx, {
    search: '',
    filter: 'all',
    page: { ...page, size: 2, cursor: one.next },
  })
  const back = await listPlans(ctx, {
    search: '',
    filter: 'all',
    page: { size: 2, cursor: two.previous, direction: 'previous' },
  })
  expect(back.rows.map((row) => row.id)).toEqual(one.rows.map((row) => row.id))
})
