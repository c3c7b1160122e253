// Apps over the API: the commands of the admins' pages, under their own rules.
import { z } from 'zod'
import { appVisibilities, createAppForInput, freezeAppInput, updateAppInput } from '~/domain/apps/app'
import { appStateOf, appStates } from '~/domain/apps/app-list'
import { createAppFor } from '~/domain/apps/create-app-for.server'
import { deleteApp } from '~/domain/apps/delete-app.server'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { type AppRow, getAppRow, listAllApps } from '~/domain/apps/queries-list.server'
import { getAppSettings } from '~/domain/apps/queries-settings.server'
import { unfreezeApp } from '~/domain/apps/unfreeze-app.server'
import { updateApp } from '~/domain/apps/update-app.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok, type Result } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import {
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

const listedApp = z.strictObject({
  id: idSchema('app'),
  name: z.string(),
  state: z
    .enum(appStates)
    .describe(
      '`active` holds a credential that works, `pending` waits for its first one, `none` does neither.',
    ),
  visibility: z.enum(appVisibilities),
  owner_id: idSchema('usr'),
  organization_id: idSchema('org'),
  organization_name: z.string(),
  products: z.int(),
  working_credentials: z.int(),
  pending_requests: z.int(),
  frozen_at: timeSchema.nullable().describe('By itself, or with all apps of its organization.'),
  created_at: timeSchema,
})
const app = listedApp.extend({
  description: z.string(),
  team_id: idSchema('team').nullable().describe('The team that sees it, when `visibility` is `team`.'),
  redirect_urls: z.array(z.string()),
})
const answer = { name: 'App', schema: app }

const urls = z.array(z.string().max(2000, 'At most 2,000 characters.')).max(20, 'At most 20 redirect URLs.')
const redirectUrls = urls
  .transform((list): string | undefined => list.join('\n'))
  .pipe(updateAppInput.shape.redirectUrls)
const changes = { redirectUrls: redirectUrls.optional() }

const path = '/apps/{app_id}'
const tag = 'apps'
const read = { tag, scope: 'apps:read' } as const
const write = { tag, scope: 'apps:write' } as const

export const appOperations = [
  operation({
    ...read,
    id: 'listApps',
    method: 'GET',
    path: '/apps',
    summary: 'List apps, newest first',
    query: listQuery({
      q: searchFilter.describe('A part of the name of the app, its owner or its organization.'),
      state: z.enum(appStates, { error: 'There is no such state.' }).optional(),
      organization_id: idSchema('org').optional(),
    }),
    answer: { name: 'AppList', schema: listOf(listedApp) },
    async run(ctx, { query }) {
      const page = await listAllApps(ctx, {
        search: query.q ?? '',
        state: query.state ?? null,
        organizationId: query.organization_id ?? null,
        sort: 'created',
        descending: true,
        page: pageOf(query),
      })
      return ok(listAnswer(page, toListedApp))
    },
  }),
  operation({
    ...write,
    id: 'createApp',
    method: 'POST',
    path: '/apps',
    summary: 'Create an app for a developer, in the developer’s organization',
    description:
      'In the default organization it is personal, whatever was asked for. The owner is told by mail.',
    body: bodyOf('CreateApp', createAppForInput.extend(changes)),
    status: 201,
    answer,
    async run(ctx, { body }) {
      const made = await createAppFor(ctx, { ...body, redirectUrls: body.redirectUrls ?? [] })
      return made.ok ? ok(await one(ctx, made.value.appId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getApp',
    method: 'GET',
    path,
    summary: 'Get an app',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.app_id)),
  }),
  operation({
    ...write,
    id: 'editApp',
    method: 'PATCH',
    path,
    summary: 'Change an app',
    description:
      'What is left out stays as it is. A personal app stays personal: only its owner opens it to others.',
    body: bodyOf('EditApp', z.object({ ...optional(updateAppInput.shape), ...changes })),
    answer,
    errors: ['conflict'],
    async run(ctx, { ids, body }) {
      const { app: now } = await getAppSettings(ctx, ids.app_id)
      // Nothing to change is no change, and no event.
      if (Object.values(body).every((value) => value === undefined)) return ok(await one(ctx, ids.app_id))
      const { name, description, visibility, teamId } = now
      const stored = { name, description, visibility, teamId, redirectUrls: now.redirectUrls }
      return changed(ctx, ids.app_id, await updateApp(ctx, ids.app_id, { ...stored, ...given(body) }))
    },
  }),
  operation({
    ...write,
    id: 'deleteApp',
    method: 'DELETE',
    path,
    summary: 'Delete an app for good',
    description: 'Its credentials stop, and what it asked for is withdrawn.',
    errors: ['conflict'],
    async run(ctx, { ids }) {
      const { name } = await getAppRow(ctx, ids.app_id)
      const deleted = await deleteApp(ctx, ids.app_id, { confirmation: name })
      return deleted.ok ? ok(null) : deleted
    },
  }),
  operation({
    ...write,
    id: 'freezeApp',
    method: 'POST',
    path: `${path}/freeze`,
    summary: 'Freeze an app: the gateway refuses its credentials until it is unfrozen',
    description: 'Only admins let go what an admin froze. Its developers read the reason.',
    body: bodyOf('FreezeApp', freezeAppInput),
    answer,
    errors: ['already_decided', 'conflict'],
    run: async (ctx, { ids, body }) => changed(ctx, ids.app_id, await freezeApp(ctx, ids.app_id, body)),
  }),
  operation({
    ...write,
    id: 'unfreezeApp',
    method: 'POST',
    path: `${path}/unfreeze`,
    summary: 'Let a frozen app go on',
    answer,
    errors: ['already_decided', 'conflict', 'not_allowed'],
    run: async (ctx, { ids }) => changed(ctx, ids.app_id, await unfreezeApp(ctx, ids.app_id)),
  }),
]

/** Without defaults, which would change what was left out. */
function optional(shape: typeof updateAppInput.shape) {
  return {
    name: shape.name.optional(),
    description: z
      .string()
      .transform((text): string | undefined => text)
      .pipe(shape.description)
      .optional(),
    visibility: z.enum(appVisibilities, { error: 'Choose who sees the app.' }).optional(),
    teamId: idSchema('team').nullable().optional(),
  }
}

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, appId: Id<'app'>): Promise<z.output<typeof app>> {
  const [row, settings] = await Promise.all([getAppRow(ctx, appId), getAppSettings(ctx, appId)])
  const { description, teamId, redirectUrls: urlsNow } = settings.app
  return { ...toListedApp(row), description, team_id: teamId, redirect_urls: urlsNow }
}

async function changed(ctx: DomainContext<AdminActor>, appId: Id<'app'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, appId)) : result
}

function toListedApp(row: AppRow): z.output<typeof listedApp> {
  return {
    id: row.id,
    name: row.name,
    state: appStateOf(row),
    visibility: row.visibility,
    owner_id: row.ownerId,
    organization_id: row.organizationId,
    organization_name: row.organizationName,
    products: row.products,
    working_credentials: row.workingKeys,
    pending_requests: row.pendingRequests,
    frozen_at: timeOrNull(row.frozenAt),
    created_at: time(row.createdAt),
  }
}
