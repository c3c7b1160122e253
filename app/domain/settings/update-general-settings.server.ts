// Changes the portal's general settings. The event names what changed; saving without a change writes nothing.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { settings } from '~db/schema'
import { settingLabels, type UpdateGeneralSettingsInput } from './general'
import { getSettings } from './queries.server'

export async function updateGeneralSettings(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: UpdateGeneralSettingsInput,
): Promise<Result<{ changed: string[] }>> {
  const before = await getSettings(ctx)
  const names = (Object.keys(settingLabels) as (keyof UpdateGeneralSettingsInput)[]).filter(
    (name) => before[name] !== input[name],
  )
  const changed = names.map((name) => settingLabels[name])
  if (names.length === 0) return ok({ changed })

  // Of two who save at once, the second is told, instead of undoing what it has not seen.
  const updatedAt = Math.max(ctx.now, before.updatedAt + 1)
  const values = names.flatMap((name) => [
    [name, input[name]],
    [`${name}Before`, before[name]],
  ])
  const data = { changed, ...Object.fromEntries(values) }
  const event = recordEvent(
    ctx,
    { type: 'settings.changed', subjectType: 'settings', subjectId: 'general', data },
    sql`exists (select 1 from ${settings} where ${settings.id} = 1 and ${settings.updatedAt} = ${before.updatedAt})`,
  )
  const [, saved] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(settings)
      .set({ ...Object.fromEntries(names.map((name) => [name, input[name]])), updatedAt })
      .where(and(eq(settings.id, 1), eq(settings.updatedAt, before.updatedAt)))
      .returning({ id: settings.id }),
  ])
  if (!saved[0])
    return fail(domainError('conflict', 'Somebody else changed the settings at the same moment. Save again.'))
  ctx.announce(event.id)
  return ok({ changed })
}
