// An app is a developer's client program. What its form takes, and the row that a new one becomes.
import { z } from 'zod'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { lineSchema, nameKey, paragraphSchema } from '~/domain/kernel/text'

export const appVisibilities = ['personal', 'team', 'organization'] as const
export type AppVisibility = (typeof appVisibilities)[number]

export const appVisibilityLabels: Record<AppVisibility, string> = {
  personal: 'Personal',
  team: 'Team',
  organization: 'Organization',
}

const maxRedirectUrls = 10

/** HTTPS, or HTTP to one's own machine (RFC 8252 §7.3); never a fragment (RFC 6749 §3.1.2). */
function isRedirectUrl(text: string): boolean {
  if (!URL.canParse(text) || text.length > 500) return false
  const url = new URL(text)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)
  return isSafe && !text.includes('#') && !url.username && !url.password
}

export const appNameSchema = lineSchema('App name', 2, 80)
export const appDescriptionSchema = paragraphSchema('Description', 500)
export const appVisibilitySchema = z
  .enum(appVisibilities, { error: 'Choose who sees the app.' })
  .default('organization')

/** One URL a line, as a text area sends them. */
export const redirectUrlsSchema = paragraphSchema('Redirect URLs', 6000)
  .transform((text) => [
    ...new Set(
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ])
  .refine((urls) => urls.length <= maxRedirectUrls, {
    error: `At most ${maxRedirectUrls} redirect URLs, one a line.`,
  })
  .refine((urls) => urls.every(isRedirectUrl), {
    error: 'Enter one https:// address a line, without a “#” part. http:// is for localhost only.',
  })

export type NewApp = {
  name: string
  description: string
  visibility: AppVisibility
  teamId: Id<'team'> | null
  redirectUrls: string[]
}

/** Visibility and team are left out where there is nothing to choose. */
export const updateAppInput = z.object({
  name: appNameSchema,
  description: appDescriptionSchema,
  visibility: appVisibilitySchema,
  teamId: idSchema('team')
    .optional()
    .transform((value) => value ?? null),
  redirectUrls: redirectUrlsSchema,
})
export type UpdateAppInput = z.output<typeof updateAppInput>

/** By an admin, for a developer. */
export const createAppForInput = updateAppInput.extend({
  ownerId: z.string({ error: 'Choose a developer.' }).pipe(idSchema('usr')),
})
export type CreateAppForInput = z.output<typeof createAppForInput>

/** Why an app is stopped: its developers read it. */
export const freezeAppInput = z.object({ reason: paragraphSchema('Reason', 500) })
export type FreezeAppInput = z.output<typeof freezeAppInput>

/** One types the name where credentials stop that work. */
export const deleteAppInput = z.object({
  confirmation: z.string().trim().max(200, 'Type the name of the app.').default(''),
})
export type DeleteAppInput = z.output<typeof deleteAppInput>

export const transferAppInput = z.object({
  userId: z.string({ error: 'Choose a member.' }).pipe(idSchema('usr')),
})
export type TransferAppInput = z.output<typeof transferAppInput>

/** Owner and organization come from the actor. In the default organization an app is personal, whatever was asked for. */
export function newAppRow(actor: DeveloperActor, id: Id<'app'>, app: NewApp, now: number) {
  const visibility = actor.inDefaultOrganization ? 'personal' : app.visibility
  return {
    id,
    organizationId: actor.organizationId,
    ownerId: actor.userId,
    name: app.name,
    nameKey: nameKey(app.name),
    description: app.description,
    visibility,
    teamId: visibility === 'team' ? app.teamId : null,
    redirectUrls: app.redirectUrls,
    createdAt: now,
  }
}
