// Users over the API: developers in their organizations. Admins are read and decided about here, too, but not listed.
import { z } from 'zod'
import {
  addDeveloperInput,
  deactivateUserInput,
  orgRoles,
  rejectDeveloperInput,
  userFilters,
} from '~/domain/accounts/account'
import { activateUser } from '~/domain/accounts/activate-user.server'
import { addDeveloper } from '~/domain/accounts/add-developer.server'
import { deactivateUser } from '~/domain/accounts/deactivate-user.server'
import { deleteUser } from '~/domain/accounts/delete-user.server'
import { getDeveloper } from '~/domain/accounts/queries-user.server'
import { listUsers } from '~/domain/accounts/queries-users.server'
import { rejectDeveloper } from '~/domain/accounts/reject-developer.server'
import { idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { editMember } from '~/domain/organizations/edit-member.server'
import { editMemberInput, moveDeveloperInput } from '~/domain/organizations/member'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { given, listAnswer, listOf, listQuery, pageOf, searchFilter } from './lists'
import { changedUser, listedUser, oneUser, toListedUser, user } from './user-answers'

const answer = { name: 'User', schema: user }
const list = { name: 'UserList', schema: listOf(listedUser) }

const path = '/users/{user_id}'
const tag = 'users'
const read = { tag, scope: 'users:read' } as const
const write = { tag, scope: 'users:write' } as const

const stateFilter = z
  .enum(userFilters, { error: 'There is no such state.' })
  .optional()
  .describe('`inactive` is every state but active.')
const filters = {
  q: searchFilter.describe(
    'The beginning of a name, a last name or an email address; with `@`, of the domain of one.',
  ),
  state: stateFilter,
  org_role: z.enum(orgRoles, { error: 'There is no such role.' }).optional(),
}

/** Newest first. */
const order = { sort: 'registered', descending: true, find: '' } as const

export const userOperations = [
  operation({
    ...read,
    id: 'listUsers',
    method: 'GET',
    path: '/users',
    summary: 'List developers, newest first',
    query: listQuery({
      ...filters,
      organization_id: idSchema('org').optional(),
      team_id: idSchema('team').optional(),
    }),
    answer: list,
    async run(ctx, { query }) {
      const page = await listUsers(ctx, {
        ...order,
        search: query.q ?? '',
        state: query.state ?? null,
        orgRole: query.org_role ?? null,
        organizationId: query.organization_id ?? null,
        teamId: query.team_id ?? null,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toListedUser))
    },
  }),
  operation({
    ...read,
    id: 'listOrganizationMembers',
    method: 'GET',
    path: '/organizations/{organization_id}/members',
    summary: 'List the members of an organization, newest first',
    query: listQuery(filters),
    answer: list,
    async run(ctx, { ids, query }) {
      const page = await listUsers(ctx, {
        ...order,
        search: query.q ?? '',
        state: query.state ?? null,
        orgRole: query.org_role ?? null,
        organizationId: ids.organization_id,
        teamId: null,
        page: pageOf(query),
      })
      // Where there is somebody, there is an organization.
      if (page.rows.length === 0) await getOrganizationFacts(ctx, ids.organization_id)
      return ok(listAnswer(page, toListedUser))
    },
  }),
  operation({
    ...write,
    id: 'createUser',
    method: 'POST',
    path: '/users',
    summary: 'Create a developer’s account',
    description:
      'With a password it is active at once; without one it waits as `invited` until an admin sends an invitation.',
    body: bodyOf(
      'CreateUser',
      addDeveloperInput.extend({
        teamIds: addDeveloperInput.shape.teamIds.default([]),
        password: addDeveloperInput.shape.password.default(null),
        mustChangePassword: addDeveloperInput.shape.mustChangePassword.default(false),
      }),
    ),
    status: 201,
    answer,
    errors: ['conflict', 'temporarily_unavailable'],
    async run(ctx, { body }) {
      const added = await addDeveloper(ctx, body)
      return added.ok ? ok(await oneUser(ctx, added.value.userId)) : added
    },
  }),
  operation({
    ...read,
    id: 'getUser',
    method: 'GET',
    path,
    summary: 'Get a user',
    answer,
    run: async (ctx, { ids }) => ok(await oneUser(ctx, ids.user_id)),
  }),
  operation({
    ...write,
    id: 'editUser',
    method: 'PATCH',
    path,
    summary: 'Change names, role and teams of a developer',
    description:
      'What is left out stays as it is. The default team always belongs to `team_ids`, named or not.',
    body: bodyOf('EditUser', editMemberInput.partial()),
    answer,
    errors: ['last_super_admin', 'conflict'],
    async run(ctx, { ids, body }) {
      const now = await getDeveloper(ctx, ids.user_id)
      // Nothing to change is no change, and no event.
      if (Object.keys(body).length === 0) return ok(await oneUser(ctx, ids.user_id))
      return changedUser(ctx, ids.user_id, await editMember(ctx, ids.user_id, { ...now, ...given(body) }))
    },
  }),
  operation({
    ...write,
    id: 'deleteUser',
    method: 'DELETE',
    path,
    summary: 'Delete an account for good',
    description:
      'Shared apps pass to a super admin who stays, or else to a member; personal apps end with their keys.',
    errors: ['last_admin', 'last_super_admin', 'conflict'],
    async run(ctx, { ids }) {
      const deleted = await deleteUser(ctx, ids.user_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'activateUser',
    method: 'POST',
    path: `${path}/activate`,
    summary: 'Approve a registration, or let a deactivated user in again',
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids }) => changedUser(ctx, ids.user_id, await activateUser(ctx, ids.user_id)),
  }),
  operation({
    ...write,
    id: 'rejectUser',
    method: 'POST',
    path: `${path}/reject`,
    summary: 'Reject a registration',
    description: 'The reason, if there is one, is in the mail to the developer.',
    body: bodyOf('RejectUser', rejectDeveloperInput),
    answer,
    errors: ['already_decided'],
    run: async (ctx, { ids, body }) =>
      changedUser(ctx, ids.user_id, await rejectDeveloper(ctx, ids.user_id, body)),
  }),
  operation({
    ...write,
    id: 'deactivateUser',
    method: 'POST',
    path: `${path}/deactivate`,
    summary: 'Close an account: its sessions end, the keys of its personal apps stop',
    body: bodyOf('DeactivateUser', deactivateUserInput),
    answer,
    errors: ['already_decided', 'last_admin', 'last_super_admin'],
    run: async (ctx, { ids, body }) =>
      changedUser(ctx, ids.user_id, await deactivateUser(ctx, ids.user_id, body)),
  }),
  operation({
    ...write,
    id: 'moveUser',
    method: 'POST',
    path: `${path}/move`,
    summary: 'Move a developer to another organization',
    description:
      '`apps` says what becomes of their apps: `pass` to `heir_id`, who stays, or go along as `personal` or shared with the `organization`.',
    body: bodyOf('MoveUser', moveDeveloperInput),
    answer,
    errors: ['last_super_admin', 'conflict', 'already_decided'],
    run: async (ctx, { ids, body }) =>
      changedUser(ctx, ids.user_id, await moveDeveloper(ctx, ids.user_id, body)),
  }),
]
