// An admin makes an app for a developer, in the developer's organization. The owner is told by mail.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { apps, organizations, users } from '~db/schema'
import type { CreateAppForInput } from './app'

export async function createAppFor(
  ctx: DomainContext<AdminActor>,
  input: CreateAppForInput,
): Promise<Result<{ appId: Id<'app'>; name: string }>> {
  const [owner] = await ctx.db
    .select({
      organizationId: organizations.id,
      isDefault: organizations.isDefault,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
    })
    .from(users)
    .innerJoin(organizations, eq(organizations.id, users.organizationId))
    .where(eq(users.id, input.ownerId))
  const gone = fieldError('ownerId', 'This developer is not active any more. Choose another one.')
  if (!owner) return fail(gone)
  // Strangers in the default organization share nothing.
  const visibility = owner.isDefault ? 'personal' : input.visibility
  if (visibility === 'team' && input.teamId === null) {
    return fail(fieldError('teamId', 'Choose the team that sees the app.'))
  }
  const teamId = visibility === 'team' ? input.teamId : null
  const appId = newId('app', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'app.created',
      subjectType: 'app',
      subjectId: appId,
      organizationId: owner.organizationId,
      appId,
      data: { name: input.name, owner: owner.name },
    },
    sql`exists (select 1 from apps where apps.id = ${appId})`,
  )
  const [created] = await ctx.db.batch([
    ctx.db
      .insert(apps)
      .select(
        sql`select ${appId} as id, u.organization_id as organization_id, u.id as owner_id, ${input.name} as name,
          ${nameKey(input.name)} as name_key, ${input.description} as description, ${visibility} as visibility,
          ${teamId} as team_id, ${JSON.stringify(input.redirectUrls)} as redirect_urls, null as frozen_at,
          ${ctx.now} as created_at, null as frozen_by
          from users u where u.id = ${input.ownerId} and u.state = 'active' and u.organization_id = ${owner.organizationId}
          and (${teamId} is null or exists (select 1 from teams t where t.id = ${teamId} and t.organization_id = u.organization_id))`,
      )
      .returning({ id: apps.id }),
    event.statement,
  ])
  if (!created[0]) {
    return fail(teamId ? fieldError('teamId', 'The developer or the team has changed. Choose again.') : gone)
  }
  ctx.announce(event.id)
  return ok({ appId, name: input.name })
}
