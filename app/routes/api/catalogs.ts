// Catalogs over the API, and whom they are for. What they offer is in `catalog-items.ts`.
import { z } from 'zod'
import { addToAudience } from '~/domain/catalog/add-to-audience.server'
import { audienceInput, editCatalogInput } from '~/domain/catalog/catalog'
import { createCatalog } from '~/domain/catalog/create-catalog.server'
import { deleteCatalog } from '~/domain/catalog/delete-catalog.server'
import { editCatalog } from '~/domain/catalog/edit-catalog.server'
import { getCatalogFacts, listCatalogs } from '~/domain/catalog/queries-catalogs.server'
import { listAudience } from '~/domain/catalog/queries-offered.server'
import { removeFromAudience } from '~/domain/catalog/remove-from-audience.server'
import { idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import {
  catalogAnswer as answer,
  changedCatalog,
  foundInCatalog,
  listedCatalog,
  oneCatalog,
  toListedCatalog,
} from './catalog-answers'
import { given, listAnswer, listOf, listQuery, pageOf, searchFilter } from './lists'

const audienceMember = z.strictObject({
  organization_id: idSchema('org'),
  organization_name: z.string(),
  team_id: idSchema('team').nullable().describe('Null: the whole organization sees the catalog.'),
  team_name: z.string().nullable(),
})

const path = '/catalogs/{catalog_id}'
const audience = `${path}/audience` as const
const tag = 'catalogs'
const read = { tag, scope: 'catalogs:read' } as const
const write = { tag, scope: 'catalogs:write' } as const

export const catalogOperations = [
  operation({
    ...read,
    id: 'listCatalogs',
    method: 'GET',
    path: '/catalogs',
    summary: 'List catalogs, by name',
    query: listQuery({ q: searchFilter.describe('A part of the name.') }),
    answer: { name: 'CatalogList', schema: listOf(listedCatalog) },
    async run(ctx, { query }) {
      const page = await listCatalogs(ctx, { search: query.q ?? '', page: pageOf(query) })
      return ok(listAnswer(page, toListedCatalog))
    },
  }),
  operation({
    ...write,
    id: 'createCatalog',
    method: 'POST',
    path: '/catalogs',
    summary: 'Create a catalog, with nothing in it',
    description: 'Nobody sees a `custom` one until organizations or teams are in its audience.',
    body: bodyOf('CreateCatalog', editCatalogInput),
    status: 201,
    answer,
    async run(ctx, { body }) {
      const nobody = { organizationIds: [], teamIds: [] }
      const made = await createCatalog(ctx, { ...body, audience: nobody })
      return made.ok ? ok(await oneCatalog(ctx, made.value.catalogId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getCatalog',
    method: 'GET',
    path,
    summary: 'Get a catalog, and what stands on it',
    answer,
    run: async (ctx, { ids }) => ok(await oneCatalog(ctx, ids.catalog_id)),
  }),
  operation({
    ...write,
    id: 'editCatalog',
    method: 'PATCH',
    path,
    summary: 'Change the name, the slug or the visibility of a catalog',
    description: 'What is left out stays as it is. Who may see it acts at once.',
    body: bodyOf('EditCatalog', editCatalogInput.partial()),
    answer,
    async run(ctx, { ids, body }) {
      const { name, slug, visibility } = await getCatalogFacts(ctx, ids.catalog_id)
      // Nothing to change is no change, and no event.
      if (Object.keys(body).length === 0) return ok(await oneCatalog(ctx, ids.catalog_id))
      const input = { name, slug, visibility, ...given(body) }
      return changedCatalog(ctx, ids.catalog_id, await editCatalog(ctx, ids.catalog_id, input))
    },
  }),
  operation({
    ...write,
    id: 'deleteCatalog',
    method: 'DELETE',
    path,
    summary: 'Delete a catalog for good',
    description:
      'Its products and plans are no longer offered through it; they stay. Access that came through it goes on, and requests that wait can still be decided. Its name and slug are free.',
    async run(ctx, { ids }) {
      const deleted = await deleteCatalog(ctx, ids.catalog_id)
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...read,
    id: 'listAudience',
    method: 'GET',
    path: audience,
    summary: 'List the organizations and teams that a catalog is for, the last one added first',
    query: listQuery({}),
    answer: { name: 'AudienceList', schema: listOf(audienceMember) },
    async run(ctx, { ids, query }) {
      const page = await listAudience(ctx, ids.catalog_id, pageOf(query))
      return ok(
        listAnswer(page, (row) => ({
          organization_id: row.organizationId,
          organization_name: row.organizationName,
          team_id: row.teamId,
          team_name: row.teamName,
        })),
      )
    },
  }),
  operation({
    ...write,
    id: 'addToAudience',
    method: 'POST',
    path: audience,
    summary: 'Let an organization or a team see a custom catalog',
    description: 'Who is in the audience already stays in it.',
    body: bodyOf(
      'AddToAudience',
      z.object({ member: audienceInput.shape.member.describe('The id of an organization or a team.') }),
    ),
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids, body }) =>
      changedCatalog(ctx, ids.catalog_id, await addToAudience(ctx, ids.catalog_id, body)),
  }),
  operation({
    ...write,
    id: 'removeOrganizationFromAudience',
    method: 'DELETE',
    path: `${audience}/organizations/{organization_id}`,
    summary: 'Take an organization out of the audience of a catalog',
    description: 'Access that its people were given goes on.',
    async run(ctx, { ids }) {
      const { organization_id: member } = ids
      const removed = foundInCatalog(await removeFromAudience(ctx, ids.catalog_id, { member }))
      return removed.ok ? ok(null) : removed
    },
  }),
  operation({
    ...write,
    id: 'removeTeamFromAudience',
    method: 'DELETE',
    path: `${audience}/teams/{team_id}`,
    summary: 'Take a team out of the audience of a catalog',
    description: 'Access that its people were given goes on.',
    async run(ctx, { ids }) {
      const { team_id: member } = ids
      const removed = foundInCatalog(await removeFromAudience(ctx, ids.catalog_id, { member }))
      return removed.ok ? ok(null) : removed
    },
  }),
]
