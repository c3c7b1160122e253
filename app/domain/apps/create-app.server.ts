// Makes an app in the actor's organization. It holds no credential yet: those come with approved access.
import { sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps } from '~db/schema'
import { type NewApp, newAppRow } from './app'
import { shareableTeam } from './visibility.server'

export async function createApp(
  ctx: DomainContext<DeveloperActor>,
  input: NewApp,
): Promise<Result<{ appId: Id<'app'> }>> {
  const { actor } = ctx
  const row = newAppRow(actor, newId('app', ctx.now), input, ctx.now)
  const allowed = row.teamId
    ? sql`${stillMember(actor)} and ${shareableTeam(actor, row.teamId)}`
    : stillMember(actor)
  const event = recordEvent(
    ctx,
    {
      type: 'app.created',
      subjectType: 'app',
      subjectId: row.id,
      organizationId: actor.organizationId,
      appId: row.id,
      data: { name: row.name },
    },
    sql`exists (select 1 from apps where apps.id = ${row.id})`,
  )
  const [created] = await ctx.db.batch([
    ctx.db
      .insert(apps)
      .select(
        sql`select ${row.id} as id, ${row.organizationId} as organization_id, ${row.ownerId} as owner_id, ${row.name} as name,
          ${row.nameKey} as name_key, ${row.description} as description, ${row.visibility} as visibility, ${row.teamId} as team_id,
          ${JSON.stringify(row.redirectUrls)} as redirect_urls, null as frozen_at, ${row.createdAt} as created_at,
          null as frozen_by where ${allowed}`,
      )
      .returning({ id: apps.id }),
    event.statement,
  ])
  if (!created[0]) return fail(domainError('not_found', 'There is no such team.'))
  ctx.announce(event.id)
  return ok({ appId: row.id })
}
