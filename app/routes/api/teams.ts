// Teams over the API, and who is in them.
import { z } from 'zod'
import { userStates } from '~/domain/accounts/account'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { idSchema, type TeamId } from '~/domain/kernel/ids'
import { fail, ok } from '~/domain/kernel/result'
import { createTeam } from '~/domain/organizations/create-team.server'
import { deleteTeam } from '~/domain/organizations/delete-team.server'
import { addTeamMembersInput, createTeamInput, renameTeamInput } from '~/domain/organizations/organization'
import { getTeamList, type TeamRow } from '~/domain/organizations/queries-list.server'
import { getTeam, getTeamFacts, getTeamMember } from '~/domain/organizations/queries-team.server'
import { renameTeam } from '~/domain/organizations/rename-team.server'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { listAnswer, listOf, listQuery, pageOf, searchFilter, time, timeSchema } from './lists'

const team = z.strictObject({
  id: idSchema('team'),
  name: z.string(),
  is_default: z.boolean().describe('It holds everybody of the organization.'),
  organization_id: idSchema('org'),
  organization_name: z.string(),
  members: z.int(),
  created_at: timeSchema,
})
const answer = { name: 'Team', schema: team }

const teamMember = z.strictObject({
  id: idSchema('usr'),
  name: z.string(),
  email: z.string(),
  state: z.enum(userStates),
  org_role: z.enum(['super_admin', 'team_member']).nullable(),
})

const path = '/teams/{team_id}'
const ofOrganization = '/organizations/{organization_id}/teams'
const tag = 'teams'
const read = { tag, scope: 'teams:read' } as const
const write = { tag, scope: 'teams:write' } as const

export const teamOperations = [
  operation({
    ...read,
    id: 'listTeams',
    method: 'GET',
    path: ofOrganization,
    summary: 'List the teams of an organization, newest first',
    query: listQuery({ q: searchFilter.describe('A part of the name.') }),
    answer: { name: 'TeamList', schema: listOf(team) },
    async run(ctx, { ids, query }) {
      const page = await getTeamList(ctx, {
        organizationId: ids.organization_id,
        search: query.q ?? '',
        sort: 'created',
        descending: true,
        page: pageOf(query),
      })
      if (!page.organization) throw new NotFoundError(`organization ${ids.organization_id}`)
      return ok(listAnswer(page, toAnswer))
    },
  }),
  operation({
    ...write,
    id: 'createTeam',
    method: 'POST',
    path: ofOrganization,
    summary: 'Create a team in an organization',
    body: bodyOf('CreateTeam', createTeamInput),
    status: 201,
    answer,
    errors: ['name_taken'],
    async run(ctx, { ids, body }) {
      const made = await createTeam(ctx, ids.organization_id, body)
      return made.ok ? ok(await one(ctx, made.value.teamId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getTeam',
    method: 'GET',
    path,
    summary: 'Get a team',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.team_id)),
  }),
  operation({
    ...write,
    id: 'renameTeam',
    method: 'PATCH',
    path,
    summary: 'Rename a team',
    body: bodyOf('RenameTeam', renameTeamInput),
    answer,
    errors: ['name_taken', 'conflict'],
    async run(ctx, { ids, body }) {
      const renamed = await renameTeam(ctx, ids.team_id, body)
      return renamed.ok ? ok(await one(ctx, ids.team_id)) : renamed
    },
  }),
  operation({
    ...write,
    id: 'deleteTeam',
    method: 'DELETE',
    path,
    summary: 'Delete a team; the default team stays',
    description: 'Its people stay in the default team. Apps that were shared with it become personal.',
    errors: ['default_protected'],
    async run(ctx, { ids }) {
      const deleted = await deleteTeam(ctx, ids.team_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    tag,
    // What is answered decides: these are people.
    scope: 'users:read',
    id: 'listTeamMembers',
    method: 'GET',
    path: `${path}/members`,
    summary: 'List who is in a team, newest account first',
    query: listQuery({ q: searchFilter.describe('The beginning of a name or an email address.') }),
    answer: { name: 'TeamMemberList', schema: listOf(teamMember) },
    async run(ctx, { ids, query }) {
      const page = await getTeam(ctx, ids.team_id, { search: query.q ?? '', page: pageOf(query) })
      return ok(
        listAnswer(page, ({ id, name, email, state, orgRole }) => ({
          id,
          name,
          email,
          state,
          org_role: orgRole,
        })),
      )
    },
  }),
  operation({
    ...write,
    id: 'addTeamMembers',
    method: 'POST',
    path: `${path}/members`,
    summary: 'Put people of the organization into a team',
    description: 'Who is in it already stays; nothing changes unless all of them are of this organization.',
    body: bodyOf('AddTeamMembers', z.object({ userIds: addTeamMembersInput.shape.add })),
    answer,
    errors: ['default_protected', 'conflict'],
    async run(ctx, { ids, body }) {
      const added = await setTeamMembers(ctx, ids.team_id, { add: body.userIds, remove: [] })
      if (added.ok) return ok(await one(ctx, ids.team_id))
      const { fields, ...error } = added.error
      return fail(fields?.['add'] ? { ...error, fields: { userIds: fields['add'] } } : added.error)
    },
  }),
  operation({
    ...write,
    id: 'removeTeamMember',
    method: 'DELETE',
    path: `${path}/members/{user_id}`,
    summary: 'Take somebody out of a team',
    errors: ['default_protected', 'conflict'],
    async run(ctx, { ids }) {
      await getTeamMember(ctx, ids.team_id, ids.user_id)
      const removed = await setTeamMembers(ctx, ids.team_id, { add: [], remove: [ids.user_id] })
      return removed.ok ? ok(null) : removed
    },
  }),
]

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, teamId: TeamId) {
  return toAnswer(await getTeamFacts(ctx, teamId))
}

function toAnswer(row: Omit<TeamRow, 'nameKey'>): z.output<typeof team> {
  return {
    id: row.id,
    name: row.name,
    is_default: row.isDefault,
    organization_id: row.organizationId,
    organization_name: row.organizationName,
    members: row.members,
    created_at: time(row.createdAt),
  }
}
