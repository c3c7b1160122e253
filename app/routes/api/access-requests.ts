// Access requests over the API: what waits, and the decisions about it.
import { z } from 'zod'
import {
  accessRequestStates,
  approveUnderPlanInput,
  rejectAccessRequestInput,
} from '~/domain/access-requests/access-request'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import {
  getAccessRequestRow,
  listAccessRequests,
  type RequestRow,
} from '~/domain/access-requests/queries-list.server'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { revokeAccessRequest } from '~/domain/access-requests/revoke-access-request.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { listAnswer, listOf, listQuery, pageOf, searchFilter, time, timeOrNull, timeSchema } from './lists'

const accessRequest = z.strictObject({
  id: idSchema('req'),
  state: z.enum(accessRequestStates).describe('`retired`: another plan took its place.'),
  app_id: idSchema('app'),
  app_name: z.string(),
  organization_id: idSchema('org'),
  organization_name: z.string(),
  catalog_id: idSchema('cat'),
  catalog_name: z.string(),
  plan_id: idSchema('pln'),
  plan_name: z.string().describe('As it was when the terms were given.'),
  products: z.array(z.string()).describe('Their names.'),
  credential_type: z.enum(['api_key', 'oauth_client']),
  requester_id: idSchema('usr').nullable().describe('Null when the account is deleted.'),
  note: z.string(),
  rejection_reason: z.string().nullable(),
  replaces_id: idSchema('req')
    .nullable()
    .describe('A change of plan: the access that it takes the place of once it is approved.'),
  decided_at: timeSchema.nullable(),
  created_at: timeSchema,
})
const answer = { name: 'AccessRequest', schema: accessRequest }

const path = '/access-requests/{request_id}'
const tag = 'access-requests'
const read = { tag, scope: 'access-requests:read' } as const
const write = { tag, scope: 'access-requests:write' } as const

export const accessRequestOperations = [
  operation({
    ...read,
    id: 'listAccessRequests',
    method: 'GET',
    path: '/access-requests',
    summary: 'List access requests, newest first',
    query: listQuery({
      q: searchFilter.describe(
        'A part of the name of the app, the organization, the requester or a product.',
      ),
      state: z.enum(accessRequestStates, { error: 'There is no such state.' }).optional(),
      organization_id: idSchema('org').optional(),
      catalog_id: idSchema('cat').optional(),
      plan_id: idSchema('pln').optional(),
    }),
    answer: { name: 'AccessRequestList', schema: listOf(accessRequest) },
    async run(ctx, { query }) {
      const page = await listAccessRequests(ctx, {
        search: query.q ?? '',
        state: query.state ?? null,
        organizationId: query.organization_id ?? null,
        catalogId: query.catalog_id ?? null,
        planId: query.plan_id ?? null,
        sort: 'created',
        descending: true,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toAnswer))
    },
  }),
  operation({
    ...read,
    id: 'getAccessRequest',
    method: 'GET',
    path,
    summary: 'Get an access request',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.request_id)),
  }),
  operation({
    ...write,
    id: 'approveAccessRequest',
    method: 'POST',
    path: `${path}/approve`,
    summary: 'Approve an access request: its credential works at once',
    description:
      'Under the plan that was asked for, or the one of `plan_id`, which has to be of the same catalog. A change of plan leaves the credential as it is.',
    body: bodyOf('ApproveAccessRequest', approveUnderPlanInput.partial()),
    answer,
    errors: ['already_decided', 'already_requested', 'conflict'],
    run: async (ctx, { ids, body }) =>
      changed(ctx, ids.request_id, await approveAccessRequest(ctx, ids.request_id, body)),
  }),
  operation({
    ...write,
    id: 'rejectAccessRequest',
    method: 'POST',
    path: `${path}/reject`,
    summary: 'Reject an access request',
    description: 'The developer sees the reason, if there is one, on the page of the app and in the mail.',
    body: bodyOf('RejectAccessRequest', rejectAccessRequestInput),
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids, body }) =>
      changed(ctx, ids.request_id, await rejectAccessRequest(ctx, ids.request_id, body)),
  }),
  operation({
    ...write,
    id: 'revokeAccessRequest',
    method: 'POST',
    path: `${path}/revoke`,
    summary: 'Revoke approved access',
    description:
      'Credentials that serve nothing else end with it, and a change of its plan that waits is withdrawn.',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changed(ctx, ids.request_id, await revokeAccessRequest(ctx, ids.request_id)),
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, requestId: Id<'req'>) {
  return toAnswer(await getAccessRequestRow(ctx, requestId))
}

async function changed(ctx: DomainContext<AdminActor>, requestId: Id<'req'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, requestId)) : result
}

function toAnswer(row: RequestRow): z.output<typeof accessRequest> {
  return {
    id: row.id,
    state: row.state,
    app_id: row.appId,
    app_name: row.appName,
    organization_id: row.organizationId,
    organization_name: row.organizationName,
    catalog_id: row.catalogId,
    catalog_name: row.catalogName,
    plan_id: row.planId,
    plan_name: row.planName,
    products: row.products,
    credential_type: row.credentialType,
    requester_id: row.requesterId,
    note: row.note,
    rejection_reason: row.rejectionReason,
    replaces_id: row.replacesId,
    decided_at: timeOrNull(row.decidedAt),
    created_at: time(row.createdAt),
  }
}
