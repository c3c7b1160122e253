// Organizations over the API: the commands of the admins' pages, under their own rules.
import { z } from 'zod'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { idSchema, type OrganizationId } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { approveOrganization } from '~/domain/organizations/approve-organization.server'
import { createOrganization } from '~/domain/organizations/create-organization.server'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import {
  approveOrganizationInput,
  createOrganizationInput,
  organizationStates,
  rejectOrganizationInput,
  renameOrganizationInput,
  suspendOrganizationInput,
} from '~/domain/organizations/organization'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import {
  getOrganizationRow,
  listOrganizations,
  type OrganizationRow,
} from '~/domain/organizations/queries-list.server'
import { rejectOrganization } from '~/domain/organizations/reject-organization.server'
import { renameOrganization } from '~/domain/organizations/rename-organization.server'
import { restoreOrganization } from '~/domain/organizations/restore-organization.server'
import { suspendOrganization } from '~/domain/organizations/suspend-organization.server'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { listAnswer, listOf, listQuery, pageOf, searchFilter, time, timeSchema } from './lists'

const organization = z.strictObject({
  id: idSchema('org'),
  name: z.string(),
  state: z.enum(organizationStates),
  is_default: z.boolean().describe('The one of developers who registered by themselves.'),
  members: z.int(),
  teams: z.int(),
  apps: z.int(),
  created_at: timeSchema,
})
const answer = { name: 'Organization', schema: organization }
const list = { name: 'OrganizationList', schema: listOf(organization) }

const path = '/organizations/{organization_id}'
const tag = 'organizations'
const read = { tag, scope: 'organizations:read' } as const
const write = { tag, scope: 'organizations:write' } as const

export const organizationOperations = [
  operation({
    ...read,
    id: 'listOrganizations',
    method: 'GET',
    path: '/organizations',
    summary: 'List organizations, newest first',
    query: listQuery({
      q: searchFilter.describe('A part of the name.'),
      state: z.enum(organizationStates, { error: 'There is no such state.' }).optional(),
    }),
    answer: list,
    async run(ctx, { query }) {
      const page = await listOrganizations(ctx, {
        search: query.q ?? '',
        state: query.state ?? null,
        sort: 'created',
        descending: true,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toAnswer))
    },
  }),
  operation({
    ...write,
    id: 'createOrganization',
    method: 'POST',
    path: '/organizations',
    summary: 'Create an organization, with its default team',
    body: bodyOf('CreateOrganization', createOrganizationInput),
    status: 201,
    answer,
    errors: ['name_taken'],
    async run(ctx, { body }) {
      const made = await createOrganization(ctx, body)
      return made.ok ? ok(await one(ctx, made.value.organizationId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getOrganization',
    method: 'GET',
    path,
    summary: 'Get an organization',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.organization_id)),
  }),
  operation({
    ...write,
    id: 'renameOrganization',
    method: 'PATCH',
    path,
    summary: 'Rename an organization that is or was active',
    body: bodyOf('RenameOrganization', renameOrganizationInput),
    answer,
    errors: ['name_taken', 'conflict'],
    run: async (ctx, { ids, body }) =>
      changed(ctx, ids.organization_id, await renameOrganization(ctx, ids.organization_id, body)),
  }),
  operation({
    ...write,
    id: 'deleteOrganization',
    method: 'DELETE',
    path,
    summary: 'Delete an organization for good',
    description:
      'Its people move to the default organization with their apps, which become personal; its teams, invite codes and invitations end.',
    errors: ['default_protected', 'already_decided', 'conflict'],
    async run(ctx, { ids }) {
      const { name } = await getOrganizationFacts(ctx, ids.organization_id)
      const deleted = await deleteOrganization(ctx, ids.organization_id, { confirmation: name })
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'approveOrganization',
    method: 'POST',
    path: `${path}/approve`,
    summary: 'Approve an organization that was asked for',
    description:
      'Under the name that was asked for, or a corrected one. The requester becomes its Super admin.',
    body: bodyOf('ApproveOrganization', approveOrganizationInput.partial()),
    answer,
    errors: ['already_decided', 'conflict', 'name_taken'],
    async run(ctx, { ids, body }) {
      const name = body.name ?? (await getOrganizationFacts(ctx, ids.organization_id)).name
      return changed(ctx, ids.organization_id, await approveOrganization(ctx, ids.organization_id, { name }))
    },
  }),
  operation({
    ...write,
    id: 'rejectOrganization',
    method: 'POST',
    path: `${path}/reject`,
    summary: 'Reject an organization that was asked for',
    description: 'The reason, if there is one, is in the mail to the requester.',
    body: bodyOf('RejectOrganization', rejectOrganizationInput),
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids, body }) =>
      changed(ctx, ids.organization_id, await rejectOrganization(ctx, ids.organization_id, body)),
  }),
  operation({
    ...write,
    id: 'suspendOrganization',
    method: 'POST',
    path: `${path}/suspend`,
    summary: 'Suspend an organization: the gateway refuses its credentials',
    body: bodyOf('SuspendOrganization', suspendOrganizationInput),
    answer,
    errors: ['already_decided', 'default_protected', 'conflict'],
    run: async (ctx, { ids, body }) =>
      changed(ctx, ids.organization_id, await suspendOrganization(ctx, ids.organization_id, body)),
  }),
  operation({
    ...write,
    id: 'restoreOrganization',
    method: 'POST',
    path: `${path}/restore`,
    summary: 'Let a suspended organization go on',
    answer,
    errors: ['already_decided', 'default_protected', 'conflict'],
    run: async (ctx, { ids }) =>
      changed(ctx, ids.organization_id, await restoreOrganization(ctx, ids.organization_id)),
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, organizationId: OrganizationId) {
  return toAnswer(await getOrganizationRow(ctx, organizationId))
}

async function changed(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  result: Result<unknown>,
) {
  return result.ok ? ok(await one(ctx, organizationId)) : result
}

function toAnswer(row: OrganizationRow): z.output<typeof organization> {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    is_default: row.isDefault,
    members: row.members,
    teams: row.teams,
    apps: row.apps,
    created_at: time(row.createdAt),
  }
}
