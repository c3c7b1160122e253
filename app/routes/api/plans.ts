// Plans over the API: the commands of the admins' pages, under their own rules.
import { z } from 'zod'
import { archivePlan } from '~/domain/catalog/archive-plan.server'
import { createPlan } from '~/domain/catalog/create-plan.server'
import { deletePlan } from '~/domain/catalog/delete-plan.server'
import { editPlan } from '~/domain/catalog/edit-plan.server'
import { createPlanInput, planApprovals, planFilters } from '~/domain/catalog/plan'
import { getPlanFacts, listPlans, type PlanRow } from '~/domain/catalog/queries-plans.server'
import { quotaPeriods } from '~/domain/catalog/quota-period'
import { restorePlan } from '~/domain/catalog/restore-plan.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import {
  asTyped,
  given,
  listAnswer,
  listOf,
  listQuery,
  pageOf,
  searchFilter,
  time,
  timeOrNull,
  timeSchema,
} from './lists'

/** What a plan allows, wherever it is listed. */
export const planTerms = {
  rate_limit: z.int().nullable().describe('Calls in `rate_period_seconds`; both are null without a limit.'),
  rate_period_seconds: z.int().nullable(),
  quota_limit: z.int().nullable().describe('Calls in a `quota_period`; both are null without a quota.'),
  quota_period: z.enum(quotaPeriods).nullable().describe('By the calendar, in UTC.'),
  key_lifetime_days: z.int().nullable().describe('Null: credentials do not expire.'),
  approval: z.enum(planApprovals).describe('`auto` gives access at once, `manual` waits for an admin.'),
  archived_at: timeSchema.nullable().describe('Since when nobody can choose it.'),
}

const listedPlan = z.strictObject({
  id: idSchema('pln'),
  name: z.string(),
  description: z.string(),
  ...planTerms,
  approved_requests: z.int(),
  pending_requests: z.int(),
  created_at: timeSchema,
})
const plan = listedPlan.extend({ catalog_ids: z.array(idSchema('cat')).describe('Where it is offered.') })
const answer = { name: 'Plan', schema: plan }

const { shape } = createPlanInput
const catalogsChosen = shape.catalogIds.describe('All catalogs that offer the plan.')
const newPlan = z.object({
  ...shape,
  rateLimit: shape.rateLimit.default(null).describe('Goes with `rate_period_seconds`.'),
  ratePeriodSeconds: shape.ratePeriodSeconds.default(null),
  quotaLimit: shape.quotaLimit.default(null).describe('Goes with `quota_period`.'),
  quotaPeriod: shape.quotaPeriod.default(null),
  keyLifetimeDays: shape.keyLifetimeDays.default(null),
  catalogIds: catalogsChosen.default([]),
})
// Without defaults, which would change what was left out.
const changes = z
  .object({ ...shape, description: shape.description.unwrap(), catalogIds: catalogsChosen })
  .partial()

const path = '/plans/{plan_id}'
const tag = 'plans'
const read = { tag, scope: 'plans:read' } as const
const write = { tag, scope: 'plans:write' } as const

export const planOperations = [
  operation({
    ...read,
    id: 'listPlans',
    method: 'GET',
    path: '/plans',
    summary: 'List plans, by name',
    query: listQuery({
      q: searchFilter.describe('A part of the name.'),
      state: z.enum(planFilters, { error: 'There is no such state.' }).default('all'),
    }),
    answer: { name: 'PlanList', schema: listOf(listedPlan) },
    async run(ctx, { query }) {
      const page = await listPlans(ctx, {
        search: query.q ?? '',
        filter: query.state,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toListedPlan))
    },
  }),
  operation({
    ...write,
    id: 'createPlan',
    method: 'POST',
    path: '/plans',
    summary: 'Create a plan, and offer it in catalogs',
    body: bodyOf('CreatePlan', newPlan),
    status: 201,
    answer,
    async run(ctx, { body }) {
      const input = asTyped(createPlanInput, body)
      if (!input.ok) return input
      const made = await createPlan(ctx, input.value)
      return made.ok ? ok(await one(ctx, made.value.planId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getPlan',
    method: 'GET',
    path,
    summary: 'Get a plan',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.plan_id)),
  }),
  operation({
    ...write,
    id: 'editPlan',
    method: 'PATCH',
    path,
    summary: 'Change a plan, and where it is offered',
    description:
      'What is left out stays as it is. Changes are for new requests: whoever has access keeps the terms that it was given under.',
    body: bodyOf('EditPlan', changes),
    answer,
    async run(ctx, { ids, body }) {
      const now = await getPlanFacts(ctx, ids.plan_id)
      // Nothing to change is no change, and no event.
      if (Object.keys(body).length === 0) return ok(toAnswer(now))
      const { catalogIds, ...terms } = given(body)
      const input = asTyped(createPlanInput, { ...now, ...terms, catalogIds: catalogIds ?? [] })
      if (!input.ok) return input
      return changed(ctx, ids.plan_id, await editPlan(ctx, ids.plan_id, { ...input.value, catalogIds }))
    },
  }),
  operation({
    ...write,
    id: 'deletePlan',
    method: 'DELETE',
    path,
    summary: 'Delete a plan that nobody ever asked for',
    description: 'It leaves the catalogs that offer it. One with access requests can be archived.',
    errors: ['in_use'],
    async run(ctx, { ids }) {
      const deleted = await deletePlan(ctx, ids.plan_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'archivePlan',
    method: 'POST',
    path: `${path}/archive`,
    summary: 'Archive a plan: nobody can choose it, and access under it goes on',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids.plan_id, await archivePlan(ctx, ids.plan_id)),
  }),
  operation({
    ...write,
    id: 'restorePlan',
    method: 'POST',
    path: `${path}/restore`,
    summary: 'Offer an archived plan again, in the catalogs that it was in',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids.plan_id, await restorePlan(ctx, ids.plan_id)),
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, planId: Id<'pln'>) {
  return toAnswer(await getPlanFacts(ctx, planId))
}

async function changed(ctx: DomainContext<AdminActor>, planId: Id<'pln'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, planId)) : result
}

function toAnswer(row: Awaited<ReturnType<typeof getPlanFacts>>): z.output<typeof plan> {
  return { ...toListedPlan(row), catalog_ids: row.catalogIds }
}

function toListedPlan(row: Omit<PlanRow, 'catalogs'>): z.output<typeof listedPlan> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ...toPlanTerms(row),
    approved_requests: row.approved,
    pending_requests: row.pending,
    created_at: time(row.createdAt),
  }
}

type Terms = Pick<
  PlanRow,
  | 'rateLimit'
  | 'ratePeriodSeconds'
  | 'quotaLimit'
  | 'quotaPeriod'
  | 'keyLifetimeDays'
  | 'approval'
  | 'archivedAt'
>

export function toPlanTerms(row: Terms): z.output<z.ZodObject<typeof planTerms>> {
  return {
    rate_limit: row.rateLimit,
    rate_period_seconds: row.ratePeriodSeconds,
    quota_limit: row.quotaLimit,
    quota_period: row.quotaPeriod,
    key_lifetime_days: row.keyLifetimeDays,
    approval: row.approval,
    archived_at: timeOrNull(row.archivedAt),
  }
}
